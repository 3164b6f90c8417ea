import { SubscriptionError } from '@livekit/protocol';
import type { Forwarding } from '../../domain/shared/whoSeesWhom.ts';
import type { Publication } from '../publish/Publication.ts';
import type { Publisher } from '../publish/Publisher.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { forwardingOf } from '../stages/places.ts';
import { defaultSettings, type TrackSettings } from './layers.ts';
import { PictureWishes } from './PictureWishes.ts';
import type { Subscriber } from './Subscriber.ts';
import { SubscriberNegotiation } from './SubscriberNegotiation.ts';
import { Subscription } from './Subscription.ts';

/** More track sids than this in a client's wishes are not remembered. */
const MAX_WISHES = 5_000;

/** What one participant receives: their wishes, what they may have, and the subscriptions that follow. */
export class Viewing {
  bandwidth = Number.POSITIVE_INFINITY;
  readonly #viewer: Subscriber;
  readonly #negotiation: SubscriberNegotiation;
  /** By the publisher's sid, which stays when they come back on a new connection. */
  readonly #byPublisher = new Map<string, Map<string, Subscription>>();
  /** Explicit wishes by track sid; without one, auto-subscribe decides. */
  readonly #wishes = new Map<string, boolean>();
  readonly #settings = new Map<string, TrackSettings>();
  /** FB6: by track sid, so that subscribing anew gives no new budget. */
  readonly #pictures = new Map<string, PictureWishes>();
  readonly #picturesPerMinute: number;
  /** Tracks that they want and were told they may not have. */
  readonly #denied = new Set<string>();

  constructor(viewer: Subscriber, { pacer, config }: RoomContext) {
    this.#viewer = viewer;
    this.#picturesPerMinute = config.limits.feedback.keyFrameRequestsPerMinute;
    this.#negotiation = new SubscriberNegotiation(viewer, pacer, (subscription) => this.#refused(subscription));
  }

  /** Their client is there: subscribe to what there is, and offer. */
  start(): void {
    this.considerAll();
    this.#negotiation.start();
  }
  /** Their client is back on a new socket. */
  resume(): Promise<void> {
    return this.#negotiation.restart();
  }
  suspend(): void {
    this.#negotiation.suspend();
  }
  answer(sdp: string, id: number): Promise<void> {
    return this.#negotiation.answer(sdp, id);
  }

  *subscriptions(): Iterable<Subscription> {
    for (const tracks of this.#byPublisher.values()) yield* tracks.values();
  }

  /** Whether they hear or see this publisher on air, or could at once. */
  receivesFrom(publisher: Publisher): boolean {
    for (const s of this.#byPublisher.get(publisher.sid)?.values() ?? []) if (s.forwarding === 'live') return true;
    return false;
  }

  considerAll(): void {
    const publishers = new Set([...this.subscriptions()].map(({ publication }) => publication.publisher));
    for (const publisher of [...publishers, ...this.#viewer.room.showing.seenBy(this.#viewer)])
      this.consider(publisher);
  }

  /** Brings the subscriptions to one publisher in line with who they are, where they stand and what they publish. */
  consider(publisher: Publisher): void {
    if (publisher.sid === this.#viewer.sid || this.#viewer.left) return;
    const forwarding = this.forwardingOf(publisher);
    const tracks = this.#byPublisher.get(publisher.sid);
    for (const subscription of tracks?.values() ?? []) {
      if (!this.#wants(subscription.publication, forwarding)) this.#drop(subscription);
    }
    for (const publication of publisher.publications.values()) {
      if (!this.#wants(publication, forwarding) || forwarding === 'none') continue;
      const subscription = this.#byPublisher.get(publisher.sid)?.get(publication.sid);
      if (subscription) void subscription.setForwarding(forwarding);
      else this.#add(publication, forwarding);
    }
  }

  wish(trackSids: readonly string[], subscribe: boolean): void {
    for (const sid of trackSids) {
      if (this.#wishes.size < MAX_WISHES || this.#wishes.has(sid)) this.#wishes.set(sid, subscribe);
    }
    this.considerAll();
  }

  set(trackSids: readonly string[], settings: TrackSettings): void {
    const sids = new Set(trackSids);
    for (const sid of sids) {
      if (this.#settings.size < MAX_WISHES || this.#settings.has(sid)) this.#settings.set(sid, settings);
    }
    for (const subscription of this.subscriptions()) {
      if (sids.has(subscription.publication.sid)) subscription.set(settings);
    }
  }

  /** Acts as if their line carried no more than this, bit/s; for drills. */
  pretendBandwidth(bitrate: number): void {
    this.bandwidth = bitrate > 0 ? bitrate : Number.POSITIVE_INFINITY;
    for (const subscription of this.subscriptions()) subscription.resized();
  }

  /** Tracks that the client had switched off before it resumed. */
  disable(trackSids: readonly string[]): void {
    for (const sid of trackSids) this.set([sid], { ...(this.#settings.get(sid) ?? defaultSettings), disabled: true });
  }

  close(): void {
    this.#negotiation.close();
    for (const subscription of this.subscriptions()) subscription.close();
    this.#byPublisher.clear();
  }

  /** What they are to have of a publisher, by where both stand now. */
  forwardingOf(publisher: Publisher): Forwarding {
    if (publisher.left || !this.#viewer.permission.canSubscribe) return 'none';
    const { standing } = this.#viewer;
    const { showing } = this.#viewer.room;
    if (!showing.publicParticipants.has(publisher)) return 'none';
    return forwardingOf(publisher.place, publisher.standing, standing, showing.relationTo(this.#viewer, publisher));
  }

  #wants(publication: Publication, forwarding: Forwarding): boolean {
    const { sid, publisher } = publication;
    if (publication.closed || forwarding === 'none') return false;
    const wish = this.#wishes.get(sid) ?? this.#viewer.client.autoSubscribe;
    if (!wish) return false;
    const allowed = publisher.allows(this.#viewer, sid);
    if (allowed === this.#denied.has(sid)) {
      if (allowed) this.#denied.delete(sid);
      else this.#denied.add(sid);
      this.#viewer.outlet?.subscriptionPermission(publisher.sid, sid, allowed);
    }
    return allowed;
  }

  #add(publication: Publication, forwarding: Exclude<Forwarding, 'none'>): void {
    const { sid } = publication;
    const pictures = this.#pictures.get(sid) ?? new PictureWishes(this.#picturesPerMinute);
    this.#pictures.set(sid, pictures);
    const subscription = new Subscription(this.#viewer, publication, forwarding, pictures, this.#settings.get(sid));
    const tracks = this.#byPublisher.get(publication.publisher.sid) ?? new Map<string, Subscription>();
    tracks.set(sid, subscription);
    this.#byPublisher.set(publication.publisher.sid, tracks);
    this.#negotiation.add(subscription);
  }

  #drop(subscription: Subscription): void {
    const { publisher, sid } = subscription.publication;
    const tracks = this.#byPublisher.get(publisher.sid);
    tracks?.delete(sid);
    if (tracks?.size === 0) this.#byPublisher.delete(publisher.sid);
    if (subscription.publication.closed) {
      this.#settings.delete(sid);
      this.#pictures.delete(sid);
      this.#wishes.delete(sid);
      this.#denied.delete(sid);
    }
    subscription.close();
    this.#negotiation.remove(subscription);
  }

  #refused(subscription: Subscription): void {
    this.#viewer.outlet?.subscriptionRefused(subscription.publication.sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
    this.#wishes.set(subscription.publication.sid, false);
    this.#drop(subscription);
  }
}
