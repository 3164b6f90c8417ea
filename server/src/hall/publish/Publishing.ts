import { type TrackInfo, TrackSource, TrackType } from '@livekit/protocol';
import { type Patience, patience } from '../../lib/patience.ts';
import type { ProducedTrack } from '../../media/sfu/types.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { mayPublish } from '../stages/permissions.ts';
import { Loan } from './Loan.ts';
import { MuteNotices } from './MuteNotices.ts';
import type { PendingTrack, PublishRefusal } from './PendingTrack.ts';
import { Publication } from './Publication.ts';
import type { LocalPublisher } from './Publisher.ts';
import { PublisherNegotiation } from './PublisherNegotiation.ts';
import { isAllowed, openRules, type SubscriptionRules } from './subscriptionPermission.ts';

/** CB3: who does not send a track again within this time, ms, sends it no more. */
const RETURN_MS = 5_000;
/** CB3: nor who has not by then, ms, on however many connections one after another. */
const LONGEST_MS = 15_000;

/** What one participant publishes. */
export class Publishing {
  readonly publications = new Map<string, Publication>();
  readonly #publisher: LocalPublisher;
  readonly #most: number;
  readonly #negotiation: PublisherNegotiation;
  /** CB1: tracks that they sent on a connection before, and are awaited with. */
  readonly #awaited = new Map<Publication, Loan>();
  readonly #muteNotices: MuteNotices;
  #waiting: Patience | undefined;
  #pending: PendingTrack[] = [];
  #rules: SubscriptionRules = openRules;

  constructor(publisher: LocalPublisher, { config }: RoomContext) {
    this.#publisher = publisher;
    this.#most = config.limits.publicationsPerPeer;
    this.#negotiation = new PublisherNegotiation(publisher, this, config);
    this.#muteNotices = new MuteNotices((trackSid) => publisher.outlet?.mute(trackSid, true));
  }

  get pending(): readonly PendingTrack[] {
    return this.#pending;
  }

  /** The client wants to publish; its section comes with a later offer. */
  request(track: PendingTrack): PublishRefusal | undefined {
    if (!mayPublish(this.#publisher.permission, track.info.source)) return 'not-allowed';
    if (this.#isSecondScreen(track)) return 'limit-exceeded';
    if (this.publications.size - this.#awaited.size + this.#pending.length >= this.#most) {
      this.#publisher.exceeds('tracks');
      return 'limit-exceeded';
    }
    // Asked again with the same id: the client forgot the first time.
    this.#pending = this.#pending.filter((p) => p.cids[0] !== track.cids[0]);
    const awaited = this.#awaitedLike(track);
    if (awaited) track.info.sid = awaited.sid;
    this.#pending.push(track);
    this.#publisher.outlet?.trackPublished(track.cids[0] ?? '', track.info);
    return undefined;
  }

  /** CB1: the tracks that they sent on connections before. Others have them still. */
  expect(lent: ReadonlyMap<Publication, Loan>): void {
    if (lent.size === 0) return;
    for (const [publication, loan] of lent) {
      publication.await(this.#publisher);
      this.publications.set(publication.sid, publication);
      this.#awaited.set(publication, loan);
    }
    this.#waiting = patience(RETURN_MS, () => this.#giveUp());
  }

  /** The track that they send again under this sid. */
  awaited(trackSid: string): Publication | undefined {
    const publication = this.publications.get(trackSid);
    return publication && this.#awaited.has(publication) ? publication : undefined;
  }

  /**
   * They are on another connection by now.
   * @param over nobody has anything that came on this one any more
   * @returns what others have, which stays as it is, and from which connection they have it
   */
  handOver(over: () => void): Map<Publication, Loan> {
    this.#waiting?.close();
    this.#muteNotices.close();
    for (const [publication, loan] of [...this.#awaited]) if (loan.age > LONGEST_MS) this.remove(publication, false);
    const publications = [...this.publications.values()];
    const own = new Loan(
      publications.filter((publication) => !this.#awaited.has(publication)),
      over,
    );
    const lent = new Map(publications.map((publication) => [publication, this.#awaited.get(publication) ?? own]));
    this.publications.clear();
    this.#awaited.clear();
    return lent;
  }

  offer(sdp: string, id: number): Promise<void> {
    return this.#negotiation.offer(sdp, id);
  }

  /** The section of a pending track has come. */
  claim(track: PendingTrack): void {
    this.#pending = this.#pending.filter((p) => p !== track);
  }

  /** It is produced and answered: others may have it. */
  add(info: TrackInfo, mid: string, media: ProducedTrack): void {
    const publisher = this.#publisher;
    const awaited = this.awaited(info.sid);
    if (awaited?.media === media) {
      this.#returned(awaited, info, mid);
      return;
    }
    const publication = new Publication(publisher, info, mid, media);
    this.publications.set(info.sid, publication);
    if (this.#isHardMuted(publication)) void this.#holdMuted(publication);
    publisher.log.info({ track: info.sid, mime: info.mimeType, layers: media.layers }, 'track published');
    publisher.published(publication);
    publication.demand.begin();
  }

  /** @param tell whether the client has to be told, as it was not its own doing */
  remove(publication: Publication, tell: boolean): void {
    if (!this.publications.delete(publication.sid)) return;
    this.#muteNotices.end(publication.sid);
    publication.close();
    this.#noLongerAwaited(publication);
    this.#publisher.log.info({ track: publication.sid }, 'track unpublished');
    if (tell) this.#publisher.outlet?.trackUnpublished(publication.sid);
    this.#publisher.unpublished(publication);
  }

  onMid(mid: string): Publication | undefined {
    for (const publication of this.publications.values()) if (publication.mid === mid) return publication;
    return undefined;
  }

  /** What they may no longer publish ends. */
  enforcePermission(): void {
    const { permission } = this.#publisher;
    this.#pending = this.#pending.filter((p) => mayPublish(permission, p.info.source));
    for (const publication of [...this.publications.values()]) {
      if (!mayPublish(permission, publication.info.source)) this.remove(publication, true);
    }
  }

  /** The server's hard mute is of their sound; the picture stays. */
  async enforceMute(): Promise<void> {
    for (const publication of [...this.publications.values()]) {
      const muted = this.#isHardMuted(publication);
      if (muted && this.#publisher.isSilenced) await this.#holdMuted(publication);
      else if (muted !== publication.mutedByServer) await this.mute(publication, 'server', muted);
    }
  }

  async mute(publication: Publication, by: 'client' | 'server', muted: boolean): Promise<void> {
    if (by === 'client' ? muted : !muted) this.#muteNotices.end(publication.sid);
    // A client that unmutes what the server holds muted is told again.
    if (muted ? by === 'server' : publication.mutedByServer && by === 'client') {
      this.#muteNotices.begin(publication.sid);
      // PN15: a press under the card is none for the time after it.
      if (by === 'client' && this.#publisher.isSilenced) return;
    }
    if (await publication.mute(by, muted)) this.#publisher.touch();
  }

  /** The client changed its mind before the track came. */
  mutePending(trackSid: string, muted: boolean): void {
    const pending = this.#pending.find((p) => p.info.sid === trackSid);
    if (pending) pending.info.muted = muted;
  }

  /** Facts of a track that its client changed: features, size. */
  amend(trackSid: string, change: (info: TrackInfo) => void): void {
    const publication = this.publications.get(trackSid);
    if (!publication) return;
    publication.amend(change);
    for (const subscription of publication.subscriptions) subscription.resized();
    this.#publisher.touch();
  }

  /** Whether a client that names this track is in step with us. */
  knows(trackSid: string): boolean {
    return this.publications.has(trackSid) || this.#pending.some((p) => p.info.sid === trackSid);
  }

  get rules(): SubscriptionRules {
    return this.#rules;
  }

  /** In a briefing they have no effect (FN7): the floor alone decides who sees whom. */
  setRules(rules: SubscriptionRules): void {
    if (this.#publisher.place !== 'open') return;
    const wasOpen = this.#rules.allParticipants;
    this.#rules = rules;
    if (wasOpen && rules.allParticipants) return;
    if (this.publications.size === 0) return;
    this.#publisher.rulesChanged();
  }
  allows(viewer: { readonly sid: string; readonly identity: string }, trackSid: string): boolean {
    if (this.#publisher.place !== 'open') return true;
    return isAllowed(this.#rules, viewer, trackSid);
  }

  close(): void {
    this.#waiting?.close();
    this.#muteNotices.close();
    this.#pending = [];
    for (const publication of [...this.publications.values()]) this.remove(publication, false);
  }

  /** SH1: in a briefing a device shares one screen. */
  #isSecondScreen({ cids, info: { source } }: PendingTrack): boolean {
    if (source !== TrackSource.SCREEN_SHARE || this.#publisher.place === 'open') return false;
    const here = [...this.publications.values()].filter((other) => !this.#awaited.has(other));
    if (here.some((other) => other.info.source === source)) return true;
    return this.#pending.some((other) => other.info.source === source && other.cids[0] !== cids[0]);
  }

  #returned(publication: Publication, info: TrackInfo, mid: string): void {
    this.#noLongerAwaited(publication);
    publication.returned(info, mid);
    this.#publisher.log.info({ track: info.sid }, 'track sent again, and its viewers go on');
    this.#publisher.published(publication);
    if (this.#isHardMuted(publication)) void this.#holdMuted(publication);
    if (publication.mutedByServer) this.#muteNotices.begin(publication.sid);
  }

  #awaitedLike({ info: { source, type } }: PendingTrack): Publication | undefined {
    const taken = new Set(this.#pending.map(({ info }) => info.sid));
    return [...this.#awaited.keys()].find(
      ({ sid, info }) => info.source === source && info.type === type && !taken.has(sid),
    );
  }

  #noLongerAwaited(publication: Publication): void {
    const loan = this.#awaited.get(publication);
    if (!loan) return;
    this.#awaited.delete(publication);
    if (this.#awaited.size === 0) this.#waiting?.close();
    loan.settle(publication);
  }

  #giveUp(): void {
    for (const publication of [...this.#awaited.keys()]) this.remove(publication, false);
  }

  /** PN15: what a card silences stays off afterwards, as if its publisher had turned it off, and they are told so. */
  async #holdMuted(publication: Publication): Promise<void> {
    if (!this.#publisher.isSilenced) return void (await publication.mute('server', true));
    if (!publication.mutedByServer) this.#muteNotices.begin(publication.sid);
    await publication.mute('client', true);
    await publication.mute('server', true);
    this.#publisher.touch();
  }

  #isHardMuted(publication: Publication): boolean {
    return publication.info.type === TrackType.AUDIO && this.#publisher.isHardMuted;
  }
}
