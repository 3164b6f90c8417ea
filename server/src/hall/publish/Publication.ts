import { type TrackInfo, TrackType } from '@livekit/protocol';
import type { ProducedTrack } from '../../media/sfu/types.ts';
import type { StreamState, WantedQuality } from '../tell/outlet.ts';
import { LayerDemand } from './LayerDemand.ts';
import type { Publisher } from './Publisher.ts';
import type { Receiver } from './Receiver.ts';

/** A published track: what LiveKit says of it, and its producer. */
export class Publication {
  readonly sid: string;
  readonly isVideo: boolean;
  readonly media: ProducedTrack;
  readonly subscriptions = new Set<Receiver>();
  /** Which layers somebody wants (dynacast); video only. */
  readonly demand: LayerDemand;
  /** What viewers are told who have it, or from whom it is held: one list for all of them, so it is written once. */
  readonly states: Readonly<Record<'flowing' | 'held', readonly StreamState[]>>;
  #publisher: Publisher;
  #mid: string | undefined;
  #info: TrackInfo;
  #mutedByClient: boolean;
  #mutedByServer = false;
  #everSubscribed = false;
  #closed = false;

  /** @param sent what is sent here before anybody wants it */
  constructor(publisher: Publisher, info: TrackInfo, mid: string, media: ProducedTrack, sent: 'all' | 'none' = 'all') {
    this.#publisher = publisher;
    this.sid = info.sid;
    this.isVideo = info.type === TrackType.VIDEO;
    this.#mid = mid;
    this.media = media;
    this.#info = info;
    this.#mutedByClient = info.muted;
    const told = { participantSid: publisher.sid, trackSid: info.sid };
    this.states = { flowing: [{ ...told, paused: false }], held: [{ ...told, paused: true }] };
    const tell = (qualities: readonly WantedQuality[], top: number) => {
      // Sound has no layers: a client that took the message at its word would fall silent.
      if (!this.isVideo) return;
      media.want(top + 1);
      const codec = this.#info.mimeType.slice('video/'.length).toLowerCase();
      this.#publisher.outlet?.subscribedQualities(this.sid, codec, qualities);
    };
    this.demand = new LayerDemand(media.layers, tell, sent);
    if (this.isVideo && sent === 'none') media.want(0);
    media.on('wantedElsewhere', (layers) => {
      this.demand.moveElsewhere(layers);
      if (layers > 0) this.received();
    });
  }

  get publisher(): Publisher {
    return this.#publisher;
  }
  /** Section of the publisher's SDP that carries it; undefined while they are awaited with it. */
  get mid(): string | undefined {
    return this.#mid;
  }
  /** Never changed in place: a change makes a new object. */
  get info(): TrackInfo {
    return this.#info;
  }
  get muted(): boolean {
    return this.#info.muted;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /** Facts that the publisher changed (features, size). */
  amend(change: (info: TrackInfo) => void): void {
    const info = this.#info.clone();
    change(info);
    this.#info = info;
  }

  /** Its publisher is here on a new connection, and has not sent it yet. */
  await(publisher: Publisher): void {
    this.#publisher = publisher;
    this.#mid = undefined;
  }

  /** They send it again, and all who have it go on. */
  returned(info: TrackInfo, mid: string): void {
    this.#mid = mid;
    this.#mutedByClient = info.muted;
    this.#info = info;
    if (this.#mutedByServer) {
      this.amend((mutable) => Object.assign(mutable, { muted: true }));
      void this.media.pause();
    }
    for (const subscription of this.subscriptions) subscription.resized();
    this.demand.repeat();
  }

  /** Their node says what it is now. @returns whether its receivers have something to do */
  follow(info: TrackInfo): boolean {
    const before = this.#info;
    this.#info = info;
    return before.width !== info.width || before.height !== info.height || before.layers.length !== info.layers.length;
  }

  /**
   * The publisher's own mute, or the server's. A track that the server muted stays muted at the SFU whatever the client
   * says.
   * @returns whether that changed what others see
   */
  async mute(by: 'client' | 'server', muted: boolean): Promise<boolean> {
    if (by === 'client') this.#mutedByClient = muted;
    else this.#mutedByServer = muted;
    const now = this.#mutedByClient || this.#mutedByServer;
    const changed = now !== this.#info.muted;
    if (changed) this.amend((info) => Object.assign(info, { muted: now }));
    if (now) await this.media.pause();
    else await this.media.resume();
    return changed;
  }

  get mutedByServer(): boolean {
    return this.#mutedByServer;
  }

  /** A viewer receives it. */
  received(): void {
    if (this.#everSubscribed) return;
    this.#everSubscribed = true;
    this.publisher.outlet?.trackSubscribed(this.sid);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.demand.close();
    this.media.close();
  }
}
