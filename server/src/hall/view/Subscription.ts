import { TrackSource } from '@livekit/protocol';
import type { PictureCap } from '../../domain/shared/stage.ts';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import type { ForwardedTrack } from '../../media/sfu/types.ts';
import type { Publication } from '../publish/Publication.ts';
import type { Receiver } from '../publish/Receiver.ts';
import { ASIDE, cappedFrames, cappedLayer } from '../stages/caps.ts';
import {
  adaptiveSettings,
  affordableLayer,
  defaultSettings,
  spatialLayer,
  type TrackSettings,
  temporalLayer,
} from './layers.ts';
import type { PictureWishes } from './PictureWishes.ts';
import type { Subscriber } from './Subscriber.ts';

/** One viewer's view of one track, from the wish to have it until it ends. */
export class Subscription implements Receiver {
  readonly viewer: Subscriber;
  readonly publication: Publication;
  #forwarding: Exclude<Forwarding, 'none'>;
  #settings: TrackSettings;
  #media: ForwardedTrack | undefined;
  /** Their client has agreed to the section that carries it. */
  #accepted = false;
  /** FB6: it may be sent by the budget of their wishes. */
  #begun = false;
  readonly #wishes: PictureWishes;
  #closed = false;
  #starved = false;
  /** What is forwarded has changed, and their client has not heard of it yet. */
  #untold = false;
  /** TR16: their client has said what it wants of it: one that says nothing is sent nothing of a stage above. */
  #asked: boolean;
  #demanded: number | undefined;
  #work: Promise<void> = Promise.resolve();
  #working = false;
  #again = false;

  constructor(
    viewer: Subscriber,
    publication: Publication,
    forwarding: Exclude<Forwarding, 'none'>,
    wishes: PictureWishes,
    settings?: TrackSettings,
  ) {
    this.#wishes = wishes;
    this.viewer = viewer;
    this.publication = publication;
    this.#forwarding = forwarding;
    this.#asked = settings !== undefined;
    this.#settings = settings ?? (viewer.client.adaptiveStream ? adaptiveSettings : defaultSettings);
    publication.subscriptions.add(this);
    this.#demand();
  }

  get media(): ForwardedTrack | undefined {
    return this.#media;
  }
  get forwarding(): Forwarding {
    return this.#forwarding;
  }
  get accepted(): boolean {
    return this.#accepted;
  }
  get closed(): boolean {
    return this.#closed;
  }

  /** The SFU has made it; it stays paused until the client has agreed. */
  opened(media: ForwardedTrack): void {
    this.#media = media;
    media.on('layer', (spatial) => this.#layerChanged(spatial));
    if (this.#isHeld) this.#tellState(true);
  }

  accept(): void {
    if (this.#accepted) return;
    this.#accepted = true;
    this.publication.received();
    if (this.publication.isVideo) this.#wishes.do(() => this.#begin());
    else this.#begin();
  }

  #begin(): void {
    this.#begun = true;
    void this.apply();
  }

  /** Going on air or off is pause and resume; the client negotiates nothing. */
  setForwarding(forwarding: Exclude<Forwarding, 'none'>): Promise<void> {
    const done = this.#forward(forwarding);
    this.tellPlace();
    return done;
  }

  #forward(forwarding: Exclude<Forwarding, 'none'>): Promise<void> {
    if (forwarding === this.#forwarding) return Promise.resolve();
    this.#forwarding = forwarding;
    // An adapting client switches off what it does not show. Said of a warm subscription that means nothing for the
    // air.
    if (forwarding === 'live' && this.#settings.disabled) this.#settings = { ...this.#settings, disabled: false };
    this.#demand();
    // Whether the line carries it is told anew once it is wanted.
    this.#starved = false;
    this.#untold = true;
    return this.apply();
  }

  set(settings: TrackSettings): void {
    // What has not begun takes the last wish along.
    if (this.#begun && this.#asksForPicture(settings)) {
      this.#wishes.do(() => this.#set(settings));
      return;
    }
    if (this.#begun) this.#wishes.forget();
    this.#set(settings);
  }

  #set(settings: TrackSettings): void {
    const wasHeld = this.#isHeld;
    this.#settings = settings;
    this.#asked = true;
    if (this.#forwarding === 'aside' && wasHeld !== this.#isHeld) this.#tellState(this.#isHeld);
    this.#demand();
    void this.apply();
  }

  followPlace(): Promise<void> {
    const forwarding = this.viewer.viewing.forwardingOf(this.publication.publisher);
    return forwarding === 'none' ? Promise.resolve() : this.#forward(forwarding);
  }

  tellPlace(): void {
    if (this.#untold && !this.#closed) this.#tellState(this.#isHeld);
  }

  /** The publisher told new sizes, or what is forwarded at most has changed. */
  resized(): void {
    this.#demand();
    void this.apply();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wishes.forget();
    this.publication.subscriptions.delete(this);
    this.publication.demand.move(this.#demanded, undefined);
    this.#media?.close();
  }

  /** Brings the SFU to what is wanted now; calls that come meanwhile are one more round. Never rejects. */
  apply(): Promise<void> {
    this.#again = true;
    if (!this.#working) this.#work = this.#run();
    return this.#work;
  }

  async #run(): Promise<void> {
    this.#working = true;
    while (this.#again && this.#media && this.#begun && !this.#closed) {
      this.#again = false;
      try {
        await this.#bring(this.#media);
      } catch (error) {
        if (!this.#closed)
          this.viewer.log.debug({ track: this.publication.sid, err: error }, 'subscription not adjusted');
      }
    }
    // In the same tick as the last look at what is wanted, or a wish that comes in between would be lost.
    this.#working = false;
  }

  async #bring(media: ForwardedTrack): Promise<void> {
    const paused = this.#isHeld || this.#settings.disabled || this.#cap?.layers === 0;
    if (paused && !media.paused) await media.pause();
    if (this.publication.isVideo) await this.#bringLayers(media);
    if (!paused && media.paused) await media.resume();
  }

  #layers = '';
  async #bringLayers(media: ForwardedTrack): Promise<void> {
    const spatial = this.#layer(this.#cap, this.#settings);
    const temporal = cappedFrames(temporalLayer(this.#settings.fps), this.#cap);
    const { priority } = this.#settings;
    const key = `${spatial}/${temporal}/${priority}`;
    if (key === this.#layers) return;
    this.#layers = key;
    await media.setPreferredLayers(temporal === undefined ? { spatial } : { spatial, temporal });
    if (priority > 0) await media.setPriority(Math.min(priority, 255));
  }

  /** Whether these would make the publisher send a whole picture. */
  #asksForPicture(settings: TrackSettings): boolean {
    if (!this.publication.isVideo || settings.disabled) return false;
    if (!this.#asked || this.#settings.disabled) return true;
    return this.#layer(undefined, settings) !== this.#layer(undefined, this.#settings);
  }

  #layer(cap: PictureCap | undefined, settings: TrackSettings): number {
    const { width, height, layers } = this.publication.info;
    const wanted = spatialLayer(settings, { width, height, layers, encodings: this.publication.media.layers });
    const affordable = affordableLayer(this.viewer.viewing.bandwidth, layers);
    return cappedLayer(Math.min(wanted, affordable), cap);
  }

  /** Ready, and not sent: it waits for the air, or is on a stage above and no picture that they asked for. */
  get #isHeld(): boolean {
    if (this.#forwarding !== 'aside') return this.#forwarding === 'warm';
    return this.publication.info.source !== TrackSource.CAMERA || !this.#asked || this.#settings.disabled;
  }

  get #cap(): PictureCap | undefined {
    return this.#forwarding === 'aside' ? ASIDE : this.#capOnAir;
  }

  /** Of cameras alone: a screen is read, and has rules of its own. */
  get #capOnAir(): PictureCap | undefined {
    const { info, publisher } = this.publication;
    return info.source === TrackSource.CAMERA ? this.viewer.room.capOf(publisher) : undefined;
  }

  /** A warm subscription keeps the layers sent that it will need on air. */
  #demand(): void {
    if (!this.publication.isVideo || this.#closed) return;
    const wanted =
      this.#settings.disabled && this.#forwarding === 'live' ? undefined : this.#layer(this.#capOnAir, this.#settings);
    this.publication.demand.move(this.#demanded, wanted);
    this.#demanded = wanted;
  }

  /** The line carries no layer any more, though the viewer wants the picture: they are told that it stands still. */
  #layerChanged(spatial: number | undefined): void {
    const starved = spatial === undefined && this.publication.isVideo && !this.publication.muted;
    if (starved === this.#starved || this.#isHeld || this.#settings.disabled) return;
    this.#starved = starved;
    this.#tellState(starved);
  }

  #tellState(paused: boolean): void {
    this.#untold = false;
    this.viewer.outlet?.streamStates(this.publication.states[paused ? 'held' : 'flowing']);
  }
}
