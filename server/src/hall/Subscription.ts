import type { SfuSubscription } from '../media/sfu/types.ts';
import {
  adaptiveSettings,
  affordableLayer,
  defaultSettings,
  spatialLayer,
  type TrackSettings,
  temporalLayer,
} from './layers.ts';
import type { Participant } from './Participant.ts';
import type { Publication } from './Publication.ts';
import type { Seat } from './policy.ts';

/** One viewer's view of one track, from the wish to have it until it ends. */
export class Subscription {
  readonly viewer: Participant;
  readonly publication: Publication;
  #seat: Exclude<Seat, 'none'>;
  #settings: TrackSettings;
  #media: SfuSubscription | undefined;
  /** His client has agreed to the section that carries it. */
  #accepted = false;
  #closed = false;
  #starved = false;
  #demanded: number | undefined;
  #work: Promise<void> | undefined;
  #again = false;

  constructor(viewer: Participant, publication: Publication, seat: Exclude<Seat, 'none'>, settings?: TrackSettings) {
    this.viewer = viewer;
    this.publication = publication;
    this.#seat = seat;
    this.#settings = settings ?? (viewer.client.adaptiveStream ? adaptiveSettings : defaultSettings);
    publication.subscriptions.add(this);
    this.#demand();
  }

  get media(): SfuSubscription | undefined {
    return this.#media;
  }
  get seat(): Seat {
    return this.#seat;
  }
  get accepted(): boolean {
    return this.#accepted;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /** The SFU has made it; it stays paused until the client has agreed. */
  opened(media: SfuSubscription): void {
    this.#media = media;
    media.on('layer', (spatial) => this.#layerChanged(spatial));
    if (this.#seat === 'warm') this.#tellState(true);
  }

  accept(): void {
    if (this.#accepted) return;
    this.#accepted = true;
    this.publication.received();
    void this.apply();
  }

  /** Going on air or off is pause and resume; the client negotiates nothing. */
  setSeat(seat: Exclude<Seat, 'none'>): Promise<void> {
    if (seat === this.#seat) return Promise.resolve();
    this.#seat = seat;
    // An adapting client switches off what it does not show. Said of a warm seat that means nothing for the air.
    if (seat === 'live' && this.#settings.disabled) this.#settings = { ...this.#settings, disabled: false };
    this.#demand();
    this.#tellState(seat === 'warm');
    return this.apply();
  }

  set(settings: TrackSettings): void {
    this.#settings = settings;
    this.#demand();
    void this.apply();
  }

  /** The publisher told new sizes. */
  resized(): void {
    this.#demand();
    void this.apply();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.publication.subscriptions.delete(this);
    this.publication.demand.move(this.#demanded, undefined);
    this.#media?.close();
  }

  /** Brings the SFU to what is wanted now; calls that come meanwhile are one more round. Never rejects. */
  apply(): Promise<void> {
    this.#again = true;
    this.#work ??= this.#run().finally(() => {
      this.#work = undefined;
    });
    return this.#work;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const media = this.#media;
      if (!media || this.#closed || !this.#accepted) return;
      try {
        await this.#bring(media);
      } catch (error) {
        if (!this.#closed) this.viewer.log.debug({ track: this.publication.sid, error }, 'subscription not adjusted');
      }
    }
  }

  async #bring(media: SfuSubscription): Promise<void> {
    const paused = this.#seat === 'warm' || this.#settings.disabled;
    if (paused && !media.paused) await media.pause();
    if (this.publication.isVideo) await this.#bringLayers(media);
    if (!paused && media.paused) await media.resume();
  }

  #layers = '';
  async #bringLayers(media: SfuSubscription): Promise<void> {
    const spatial = this.#layer();
    const temporal = temporalLayer(this.#settings.fps);
    const { priority } = this.#settings;
    const key = `${spatial}/${temporal}/${priority}`;
    if (key === this.#layers) return;
    this.#layers = key;
    await media.setPreferredLayers(temporal === undefined ? { spatial } : { spatial, temporal });
    if (priority > 0) await media.setPriority(Math.min(priority, 255));
  }

  #layer(): number {
    const { width, height, layers } = this.publication.info;
    const wanted = spatialLayer(this.#settings, { width, height, layers, encodings: this.publication.media.layers });
    return Math.min(wanted, affordableLayer(this.viewer.viewing.bandwidth, layers));
  }

  /** A warm seat keeps the layers sent that it will need on air. */
  #demand(): void {
    if (!this.publication.isVideo || this.#closed) return;
    const wanted = this.#settings.disabled && this.#seat === 'live' ? undefined : this.#layer();
    this.publication.demand.move(this.#demanded, wanted);
    this.#demanded = wanted;
  }

  /** The line carries no layer any more, though the viewer wants the picture: he is told that it stands still. */
  #layerChanged(spatial: number | undefined): void {
    const starved = spatial === undefined && this.publication.isVideo && !this.publication.muted;
    if (starved === this.#starved || this.#seat === 'warm' || this.#settings.disabled) return;
    this.#starved = starved;
    this.#tellState(starved);
  }

  #tellState(paused: boolean): void {
    const { publisher, sid: trackSid } = this.publication;
    this.viewer.outlet?.streamStates([{ participantSid: publisher.sid, trackSid, paused }]);
  }
}
