import type { EventEmitter } from 'node:events';
import type { ParticipantInfo_Kind, ParticipantPermission } from '@livekit/protocol';
import { DisconnectReason, type ParticipantInfo, ParticipantInfo_State as State } from '@livekit/protocol';
import type { ConnectionQuality, Excess } from '../../domain/shared/stage.ts';
import { type Patience, patience } from '../../lib/patience.ts';
import type { DataChannelKind, SfuPeer, TransportRole } from '../../media/sfu/types.ts';
import type { Logger } from '../../observability/logger.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Loan } from '../publish/Loan.ts';
import type { Publication } from '../publish/Publication.ts';
import type { LocalPublisher } from '../publish/Publisher.ts';
import { Publishing } from '../publish/Publishing.ts';
import { Sending } from '../publish/Sending.ts';
import type { SubscriptionRules } from '../publish/subscriptionPermission.ts';
import type { ClientDescription, JoinRequest } from '../shared/JoinRequest.ts';
import { Mailbox } from '../shared/Mailbox.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { isKnownTo, type RoomPlace, type Standing } from '../stages/places.ts';
import type { LeaveAction, ParticipantOutlet } from '../tell/outlet.ts';
import type { Subscriber } from '../view/Subscriber.ts';
import { Viewing } from '../view/Viewing.ts';
import { ConnectionWatch } from './ConnectionWatch.ts';
import { ParticipantViews } from './ParticipantViews.ts';
import { type ParticipantChange, Profile } from './Profile.ts';
import type { Room } from './Room.ts';
import type { RoomsEvents } from './RoomsEvents.ts';
import { viewOf } from './restage.ts';

interface ParticipantParts {
  readonly room: Room;
  readonly context: RoomContext;
  readonly events: EventEmitter<RoomsEvents>;
  readonly sid: string;
  readonly request: JoinRequest;
  readonly peer: SfuPeer;
  readonly join: number;
  /** CB1: whose place they take on a new connection, under the same sid. */
  readonly before: Participant | undefined;
}

/** CB4: how long, ms, the place of one who said goodbye is kept; a page that connects anew says goodbye first. */
const GOODBYE_MS = 2_500;

/** One connection of an identity to a room, over all its sockets; a full reconnect is a new participant. */
export class Participant implements LocalPublisher, Subscriber {
  readonly room: Room;
  readonly sid: string;
  readonly identity: string;
  readonly kind: ParticipantInfo_Kind;
  readonly client: ClientDescription;
  readonly joinedAt = Date.now();
  /** Orders the joins of this identity, over all nodes. */
  readonly join: number;
  readonly peer: SfuPeer;
  readonly log: Logger;
  readonly mailbox: Mailbox;
  readonly publishing: Publishing;
  readonly viewing: Viewing;
  readonly connection: ConnectionWatch;
  readonly views: ParticipantViews;
  /** The connection that makes them ACTIVE; said in the JoinResponse, so it stays what it was at the join. */
  readonly primary: TransportRole;
  /** News of the room up to here reached them. */
  told: number;
  quality: ConnectionQuality = 'excellent';
  /** So many of their next resumes break at once; for drills only. */
  brittleResumes = 0;
  readonly #events: EventEmitter<RoomsEvents>;
  readonly #profile: Profile;
  readonly #sending: Sending;
  readonly #exceeded = new Set<Excess>();
  #permission: ParticipantPermission;
  #state: State = State.JOINED;
  #outlet: ParticipantOutlet | undefined;
  #left = false;
  #departing: Patience | undefined;
  #handedOver = false;

  constructor({ room, context, events, sid, request, peer, join, before }: ParticipantParts) {
    this.room = room;
    this.#events = events;
    this.sid = sid;
    this.identity = request.identity;
    this.kind = request.kind;
    this.client = request.client;
    this.peer = peer;
    this.join = join;
    // What has ended with it is in the version that others have.
    const lent = before?.handOver();
    this.views = new ParticipantViews(this, before?.version);
    this.#profile = new Profile(request);
    this.#sending = new Sending(context.config.limits.incomingBitrate);
    this.#permission = room.showing.permissionOf(this.identity, request.permission);
    this.primary = this.#permission.canSubscribe ? 'subscriber' : 'publisher';
    this.log = context.log.child({ participant: sid });
    this.mailbox = new Mailbox((what, error) => this.#outOfStep(what, error));
    this.publishing = new Publishing(this, context);
    this.viewing = new Viewing(this, context);
    if (lent) this.publishing.expect(lent);
    this.told = room.showing.announcer.position;
    this.connection = new ConnectionWatch(this, context.config.rooms);
    peer.on('connection', (role, state) => this.connection.media(role, state));
    // One whose place was taken says nothing more, though what came on that connection may be on loan.
    peer.on('data', (kind, payload) => void (this.#left || events.emit('data', this, kind, payload)));
    peer.on('dataOpen', () => void (this.#left || events.emit('dataOpen', this)));
    peer.on('closed', (reason) => {
      if (reason === 'worker-died') this.leave(DisconnectReason.MEDIA_FAILURE, 'reconnect');
    });
  }

  get name(): string {
    return this.#profile.name;
  }
  get metadata(): string {
    return this.#profile.metadata;
  }
  get attributes(): Readonly<Record<string, string>> {
    return this.#profile.attributes;
  }
  get state(): State {
    return this.#state;
  }
  get version(): number {
    return this.views.version;
  }
  /** What they may really do, after the floor's orders. */
  get permission(): ParticipantPermission {
    return this.#permission;
  }
  /** What the token, or RoomService, gave them. */
  get granted(): ParticipantPermission {
    return this.#profile.granted;
  }
  get place(): RoomPlace {
    return this.room.showing.placeOf(this.identity);
  }
  get isHardMuted(): boolean {
    return this.room.showing.orders.isMuted(this.identity);
  }
  get isSilenced(): boolean {
    return this.room.showing.orders.isSilenced(this.identity);
  }
  get standing(): Standing {
    return this.#profile.standing;
  }
  get publications(): ReadonlyMap<string, Publication> {
    return this.publishing.publications;
  }
  get info(): ParticipantInfo {
    return this.views.known;
  }
  get stage(): UnitPath {
    return this.room.showing.stageOf(this);
  }
  get rules(): SubscriptionRules {
    return this.publishing.rules;
  }
  allows(viewer: { readonly sid: string; readonly identity: string }, trackSid: string): boolean {
    return this.publishing.allows(viewer, trackSid);
  }
  /** Their client's socket; undefined while it is away. */
  get outlet(): ParticipantOutlet | undefined {
    return this.#outlet;
  }
  get left(): boolean {
    return this.#left;
  }
  get wasActive(): boolean {
    return this.connection.active;
  }
  isKnownTo(viewer: Pick<Participant, 'sid' | 'standing'>): boolean {
    return viewer.sid === this.sid || isKnownTo(this.place, this.standing, viewer.standing);
  }

  /** TR1: whether a viewer is told that they are there. */
  isSeenBy(viewer: Pick<Participant, 'sid' | 'identity' | 'standing'>): boolean {
    return viewer.sid === this.sid || this.room.showing.relationTo(viewer, this) !== 'none';
  }

  /** Their client is there and has been sent its JoinResponse: now the rest may follow. */
  attach(outlet: ParticipantOutlet): void {
    this.#outlet = outlet;
    this.log.info({ identity: this.identity, sdk: this.client.sdk, version: this.client.version }, 'joined');
    this.touch();
    if (this.#permission.canSubscribe) this.viewing.start();
    const speakers = this.room.speakers.current(this);
    if (speakers.length > 0) outlet.speakers(speakers);
    if (this.peer.dataIsOpen) this.#events.emit('dataOpen', this);
  }

  /** The same client on a new socket; it has been sent its ReconnectResponse. Everything is kept. */
  resume(outlet: ParticipantOutlet): void {
    this.#outlet = outlet;
    this.log.info('resumed');
    this.connection.socket(true);
    this.told = this.room.showing.announcer.position;
    outlet.update([this.info, ...this.room.showing.announcer.departures(this), ...this.others()]);
    outlet.roomUpdate(this.room.info);
    for (const publication of this.publications.values()) {
      if (publication.mutedByServer) outlet.mute(publication.sid, true);
      publication.demand.repeat();
    }
    this.viewing.considerAll();
    void this.viewing.resume();
  }

  /** The socket is gone; nothing when another has taken its place. */
  detach(outlet: ParticipantOutlet): void {
    if (this.#outlet !== outlet) return;
    this.#outlet = undefined;
    this.viewing.suspend();
    if (!this.#left) this.connection.socket(false);
  }

  /** Those whom they may see, as they are now. */
  others(): ParticipantInfo[] {
    return [...this.room.showing.seenBy(this)].flatMap((p) => (p.sid === this.sid ? [] : viewOf(this, p, p.views)));
  }

  becameActive(): void {
    this.#state = State.ACTIVE;
    this.log.info({ ms: Date.now() - this.joinedAt }, 'active');
    this.touch();
    this.#events.emit('active', this);
  }

  connectionChanged(lost: boolean): void {
    this.log.info(lost ? 'line lost' : 'line back');
    this.#events.emit(lost ? 'lineLost' : 'lineBack', this);
  }

  /** Something that others see changed. */
  touch(): void {
    if (this.#left) return;
    this.views.renew();
    this.room.changed(this);
  }

  published(publication: Publication): void {
    if (!publication.isVideo) this.room.speakers.watch(publication);
    this.touch();
    this.#events.emit('trackPublished', this, publication.info);
  }

  unpublished(publication: Publication): void {
    this.touch();
    this.#events.emit('trackUnpublished', this, publication.info);
  }

  rulesChanged(): void {
    this.room.rulesChanged(this);
  }

  exceeds(what: Excess): void {
    // Who floods the server shall not flood its log.
    if (!this.#exceeded.has(what)) this.log.warn({ identity: this.identity, what }, 'more than the settings allow');
    this.#exceeded.add(what);
    this.#events.emit('excess', this, what);
  }

  /** Measured now and then, bit/s. New transports are what stops a client that does not obey. */
  sends(bitrate: number): void {
    if (!this.#sending.measured(bitrate)) return;
    this.exceeds('bitrate');
    this.leave(DisconnectReason.STATE_MISMATCH, 'reconnect');
  }

  /** By themselves (when they may) or by RoomService. Permissions replace all that was granted before. */
  change(change: ParticipantChange): void {
    this.#profile.change(change);
    this.#permit();
    this.touch();
    this.#outlet?.refreshToken();
  }

  /** Where the floor placed them may have changed. Resolves when the SFU has it. */
  async applyOrder(): Promise<void> {
    if (this.#left) return;
    const before = this.#permission;
    this.#permit();
    await this.publishing.enforceMute();
    this.touch();
    if (!before.equals(this.#permission)) this.#outlet?.refreshToken();
    await this.room.cut(this);
  }

  /** By RoomService. Undefined when there is no such track. Unmuting only lifts the server's own mute. */
  async muteTrack(trackSid: string, muted: boolean): Promise<Publication | undefined> {
    const publication = this.publications.get(trackSid);
    if (publication) await this.publishing.mute(publication, 'server', muted);
    return publication;
  }

  updateSubscriptions(trackSids: readonly string[], subscribe: boolean): void {
    this.viewing.wish(trackSids, subscribe);
  }

  /** @returns false when it could not be sent */
  sendData(kind: DataChannelKind, payload: Uint8Array): boolean {
    return !this.#left && this.peer.dataIsOpen && this.peer.sendData(kind, payload);
  }
  get dataIsOpen(): boolean {
    return this.peer.dataIsOpen;
  }

  /** They say goodbye, or are told to connect anew. CB4: others hear of it when they have not come back by then. */
  depart(reason: DisconnectReason, action?: LeaveAction): void {
    if (this.#left || this.#departing || !this.room.awaits(this)) {
      if (!this.#departing) this.leave(reason, action);
      return;
    }
    if (action !== undefined) this.#outlet?.leave(reason, action);
    this.log.info({ reason: DisconnectReason[reason], action }, 'may come back');
    this.connection.close();
    this.viewing.suspend();
    this.#outlet = undefined;
    this.#departing = patience(GOODBYE_MS, () => this.leave(reason));
  }
  /** What they come back on is another connection. */
  get isDeparting(): boolean {
    return this.#departing !== undefined;
  }

  /** Another connection takes their place. @returns what others have of them, whose media lives as long as its peer */
  handOver(): Map<Publication, Loan> {
    this.#handedOver = true;
    return this.publishing.handOver(() => this.peer.close());
  }

  /** Out for good. With an action their client is told; without, it knows or is not there. */
  leave(reason: DisconnectReason, action?: LeaveAction): void {
    if (this.#left) return;
    this.#left = true;
    this.#departing?.close();
    this.log.info({ reason: DisconnectReason[reason], action }, 'left');
    if (action !== undefined) this.#outlet?.leave(reason, action);
    this.connection.close();
    this.mailbox.close();
    this.viewing.close();
    this.publishing.close();
    if (!this.#handedOver) this.peer.close();
    this.room.departed(this, reason);
    this.#outlet = undefined;
  }

  #permit(): void {
    const before = this.#permission;
    this.#permission = this.room.showing.permissionOf(this.identity, this.granted);
    this.publishing.enforcePermission();
    if (before.canSubscribe !== this.#permission.canSubscribe) this.viewing.start();
  }

  #outOfStep(what: string, error: unknown): void {
    this.log.warn({ what, err: error }, 'negotiation failed');
    this.depart(DisconnectReason.STATE_MISMATCH, 'reconnect');
  }
}
