import type { SfuConfig } from '@dieu-hanh/sfu-config';
import type { TrackInfo } from '@livekit/protocol';
import {
  type OfferedSection,
  offeredMimes,
  PublisherAnswerer,
  type PublisherOffer,
  parsePublisherOffer,
  publishParameters,
  type SectionAnswer,
} from '../../media/sdp/index.ts';
import type { ProducedTrack, PublishOptions } from '../../media/sfu/types.ts';
import { matchSections } from './matchSections.ts';
import type { PendingTrack } from './PendingTrack.ts';
import type { LocalPublisher } from './Publisher.ts';
import type { Publishing } from './Publishing.ts';

interface Produced {
  readonly info: TrackInfo;
  readonly mid: string;
  readonly media: ProducedTrack;
}

/** Opus frames of other lengths than this, ms, are asked for in the answer. */
const USUAL_FRAME_MS = 20;

/**
 * Negotiates what one participant publishes: the client offers, and every offer is answered, in order, in their
 * mailbox.
 */
export class PublisherNegotiation {
  readonly #publisher: LocalPublisher;
  readonly #publishing: Publishing;
  readonly #settings: SfuConfig['media'];
  readonly #mostLayers: number;
  readonly #answerer = new PublisherAnswerer();

  constructor(publisher: LocalPublisher, publishing: Publishing, { media, limits }: SfuConfig) {
    this.#publisher = publisher;
    this.#settings = media;
    this.#mostLayers = limits.layersPerTrack;
    this.#publishing = publishing;
  }

  offer(sdp: string, id: number): Promise<void> {
    return this.#publisher.mailbox.post('publisher offer', () => this.#answer(sdp, id));
  }

  async #answer(sdp: string, id: number): Promise<void> {
    const offer = parsePublisherOffer(sdp);
    const { iceRestarted, dtls, changes, vanished } = this.#answerer.review(offer);
    const transport = await this.#publisher.peer.openPublisher();
    if (iceRestarted) await transport.restartIce();
    if (dtls) await transport.connect(dtls);
    for (const mid of vanished) this.#stop(mid);
    const decisions = new Map<string, SectionAnswer>();
    const starting: OfferedSection[] = [];
    for (const section of offer.sections) {
      const change = changes.get(section.mid);
      if (change === 'stopped' || change === 'replaced') this.#stop(section.mid);
      if (change === 'started' || change === 'replaced') starting.push(section);
      // What the server itself ended stays ended, though the client still sends.
      if (change === 'same' && !this.#publishing.onMid(section.mid)) decisions.set(section.mid, { do: 'inactive' });
    }
    const produced: Produced[] = [];
    for (const [mid, track] of matchSections(starting, this.#publishing.pending)) {
      this.#publishing.claim(track);
      decisions.set(mid, await this.#produce(offer, mid, track, produced));
    }
    if (this.#publisher.left) return;
    const answer = this.#answerer.answer(offer, decisions, transport.describe());
    this.#publisher.outlet?.answer(answer.sdp, id);
    for (const { info, mid, media } of produced) this.#publishing.add(info, mid, media);
  }

  #stop(mid: string): void {
    const publication = this.#publishing.onMid(mid);
    if (publication) this.#publishing.remove(publication, false);
  }

  async #produce(
    offer: PublisherOffer,
    mid: string,
    track: PendingTrack,
    produced: Produced[],
  ): Promise<SectionAnswer> {
    const info = track.info.clone();
    try {
      const decision = this.#decide(info, offeredMimes(offer, mid));
      const { rtpParameters, mime } = publishParameters(offer, mid, decision);
      if ((rtpParameters.encodings?.length ?? 0) > this.#mostLayers) {
        this.#publisher.exceeds('layers');
        throw new Error(`more than ${this.#mostLayers} layers`);
      }
      info.mid = mid;
      info.mimeType = mime;
      for (const codec of info.codecs.slice(0, 1)) Object.assign(codec, { mimeType: mime, mid });
      const kind = mime.startsWith('audio/') ? 'audio' : 'video';
      const media = await this.#publish({ sid: info.sid, kind, rtpParameters, paused: info.muted });
      produced.push({ info, mid, media });
      return decision;
    } catch (error) {
      this.#publisher.log.warn({ track: info.sid, err: error }, 'track not taken');
      this.#publisher.outlet?.trackUnpublished(info.sid);
      return { do: 'reject' };
    }
  }

  /** CB2: what they sent on the connection before goes on with it, if it is of the same shape. */
  async #publish(options: PublishOptions): Promise<ProducedTrack> {
    const { peer, log } = this.#publisher;
    const awaited = this.#publishing.awaited(options.sid);
    if (!awaited) return peer.publish(options);
    try {
      return await peer.publish({ ...options, continues: awaited.media });
    } catch (err) {
      log.info({ track: options.sid, err }, 'track sent again in another shape; its viewers get it anew');
      this.#publishing.remove(awaited, false);
      return peer.publish(options);
    }
  }

  #decide(info: TrackInfo, offered: readonly string[]): Extract<SectionAnswer, { do: 'publish' }> {
    const { dtx, broadcastFrameMs } = this.#settings;
    const wanted = info.mimeType.toLowerCase();
    const mime = offered.find((m) => m.toLowerCase() === wanted) ?? offered[0];
    if (mime === undefined) throw new Error('no codec of the offer is taken');
    const broadcast = this.#publisher.place !== 'open' && mime === 'audio/opus';
    return {
      do: 'publish',
      mime,
      disableDtx: info.disableDtx || !dtx,
      stereo: info.stereo,
      ...(broadcast && broadcastFrameMs !== USUAL_FRAME_MS ? { ptimeMs: broadcastFrameMs } : {}),
    };
  }
}
