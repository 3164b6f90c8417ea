import { SubscriptionError } from '@livekit/protocol';
import { defaultSettings, type TrackSettings } from './layers.ts';
import { SubscriberLine } from './negotiation/SubscriberLine.ts';
import type { Participant } from './Participant.ts';
import type { Publication } from './Publication.ts';
import { type Seat, seatOf } from './policy.ts';
import { Subscription } from './Subscription.ts';

/** More track sids than this in a client's wishes are not remembered. */
const MAX_WISHES = 5_000;

/** What one participant receives: his wishes, what he may have, and the subscriptions that follow. */
export class Viewing {
  bandwidth = Number.POSITIVE_INFINITY;
  readonly #viewer: Participant;
  readonly #line: SubscriberLine;
  readonly #byPublisher = new Map<Participant, Map<string, Subscription>>();
  /** Explicit wishes by track sid; without one, auto-subscribe decides. */
  readonly #wishes = new Map<string, boolean>();
  readonly #settings = new Map<string, TrackSettings>();
  /** Tracks that he wants and was told he may not have. */
  readonly #denied = new Set<string>();

  constructor(viewer: Participant) {
    this.#viewer = viewer;
    this.#line = new SubscriberLine(viewer, (subscription) => this.#refused(subscription));
  }

  /** His client is there: subscribe to what there is, and offer. */
  start(): void {
    this.considerAll();
    this.#line.start();
  }
  /** His client is back on a new socket. */
  resume(): Promise<void> {
    return this.#line.restart();
  }
  suspend(): void {
    this.#line.suspend();
  }
  answer(sdp: string, id: number): Promise<void> {
    return this.#line.answer(sdp, id);
  }

  *subscriptions(): Iterable<Subscription> {
    for (const tracks of this.#byPublisher.values()) yield* tracks.values();
  }

  /** Participants whom he hears or sees on air, or could at once. */
  receivesFrom(publisher: Participant): boolean {
    for (const s of this.#byPublisher.get(publisher)?.values() ?? []) if (s.seat === 'live') return true;
    return false;
  }

  considerAll(): void {
    for (const publisher of this.#byPublisher.keys()) this.consider(publisher);
    for (const publisher of this.#viewer.room.publicParticipants) this.consider(publisher);
  }

  /** Brings the subscriptions to one publisher in line with who he is, where he stands and what he publishes. */
  consider(publisher: Participant): void {
    if (publisher === this.#viewer || this.#viewer.left) return;
    const seat = this.#seatOf(publisher);
    const tracks = this.#byPublisher.get(publisher);
    for (const subscription of tracks?.values() ?? []) {
      if (!this.#wants(subscription.publication, seat)) this.#drop(subscription);
    }
    for (const publication of publisher.publications.values()) {
      if (!this.#wants(publication, seat) || seat === 'none') continue;
      const subscription = this.#byPublisher.get(publisher)?.get(publication.sid);
      if (subscription) void subscription.setSeat(seat);
      else this.#add(publication, seat);
    }
  }

  /** The change of seat alone, at once: what a cut waits for. */
  reseat(subscription: Subscription): Promise<void> {
    const seat = this.#seatOf(subscription.publication.publisher);
    return seat === 'none' ? Promise.resolve() : subscription.setSeat(seat);
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

  /** Acts as if his line carried no more than this, bit/s; for drills. */
  pretendBandwidth(bitrate: number): void {
    this.bandwidth = bitrate > 0 ? bitrate : Number.POSITIVE_INFINITY;
    for (const subscription of this.subscriptions()) subscription.resized();
  }

  /** Tracks that the client had switched off before it resumed. */
  disable(trackSids: readonly string[]): void {
    for (const sid of trackSids) this.set([sid], { ...(this.#settings.get(sid) ?? defaultSettings), disabled: true });
  }

  close(): void {
    this.#line.close();
    for (const subscription of this.subscriptions()) subscription.close();
    this.#byPublisher.clear();
  }

  #seatOf(publisher: Participant): Seat {
    if (publisher.left || !this.#viewer.permission.canSubscribe) return 'none';
    if (!this.#viewer.room.publicParticipants.has(publisher)) return 'none';
    return seatOf(publisher.place, this.#viewer.standing);
  }

  #wants(publication: Publication, seat: Seat): boolean {
    const { sid, publisher } = publication;
    if (publication.closed || seat === 'none') return false;
    const wish = this.#wishes.get(sid) ?? this.#viewer.client.autoSubscribe;
    if (!wish) return false;
    const allowed = publisher.publishing.allows(this.#viewer, sid);
    if (allowed === this.#denied.has(sid)) {
      if (allowed) this.#denied.delete(sid);
      else this.#denied.add(sid);
      this.#viewer.outlet?.subscriptionPermission(publisher.sid, sid, allowed);
    }
    return allowed;
  }

  #add(publication: Publication, seat: Exclude<Seat, 'none'>): void {
    const subscription = new Subscription(this.#viewer, publication, seat, this.#settings.get(publication.sid));
    const tracks = this.#byPublisher.get(publication.publisher) ?? new Map<string, Subscription>();
    tracks.set(publication.sid, subscription);
    this.#byPublisher.set(publication.publisher, tracks);
    this.#line.add(subscription);
  }

  #drop(subscription: Subscription): void {
    const { publisher, sid } = subscription.publication;
    const tracks = this.#byPublisher.get(publisher);
    tracks?.delete(sid);
    if (tracks?.size === 0) this.#byPublisher.delete(publisher);
    if (subscription.publication.closed) {
      this.#settings.delete(sid);
      this.#wishes.delete(sid);
      this.#denied.delete(sid);
    }
    subscription.close();
    this.#line.remove(subscription);
  }

  #refused(subscription: Subscription): void {
    this.#viewer.outlet?.subscriptionRefused(subscription.publication.sid, SubscriptionError.SE_CODEC_UNSUPPORTED);
    this.#wishes.set(subscription.publication.sid, false);
    this.#drop(subscription);
  }
}
