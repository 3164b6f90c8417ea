import { DisconnectReason, type Room as RoomInfo } from '@livekit/protocol';
import type { StageOrder } from '../../domain/shared/stage.ts';
import type { SfuPeer, SfuRoom } from '../../media/sfu/types.ts';
import { refuse } from '../../protocol/errors.ts';
import type { JoinRequest } from '../shared/join.ts';
import { newSid } from '../shared/sids.ts';
import { effectivePermission, isPublic, placeOf, type RoomPlace } from '../stages/places.ts';
import type { RoomPolicy } from '../stages/types.ts';
import { ActiveSpeakers } from '../tell/ActiveSpeakers.ts';
import { Announcer } from '../tell/Announcer.ts';
import { ConnectionQualityWatch } from '../tell/ConnectionQualityWatch.ts';
import type { LeaveAction } from '../tell/outlet.ts';
import { RoomNews } from '../tell/RoomNews.ts';
import { roomInfo } from './info.ts';
import { Participant } from './Participant.ts';
import type { RoomSettings, Rooms } from './Rooms.ts';

/** A live room: who is in it, who stands where, and what is told to whom. */
export class Room {
  readonly rooms: Rooms;
  readonly sid = newSid('RM');
  readonly name: string;
  readonly settings: RoomSettings;
  readonly createdAt = Date.now();
  readonly announcer = new Announcer(this);
  readonly speakers = new ActiveSpeakers(this);
  readonly news = new RoomNews(this);
  readonly #quality = new ConnectionQualityWatch(this);
  readonly #sfu: SfuRoom;
  readonly #members = new Map<string, Participant>();
  /** Those whom others see; in a briefing a handful, however large the audience. */
  readonly #public = new Set<Participant>();
  readonly #hidden = new Set<Participant>();
  readonly #orders = new Map<string, StageOrder>();
  #policy: RoomPolicy = { kind: 'open' };
  #metadata: string;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(rooms: Rooms, name: string, settings: RoomSettings) {
    this.rooms = rooms;
    this.name = name;
    this.settings = settings;
    this.#metadata = settings.metadata;
    this.#sfu = rooms.options.sfu.createRoom(name);
    this.#endWhenIdle(settings.emptyTimeout);
  }

  get participants(): Iterable<Participant> & { readonly size: number } {
    return { size: this.#members.size, [Symbol.iterator]: () => this.#members.values() };
  }
  /** Those whom others may see. */
  get publicParticipants(): ReadonlySet<Participant> {
    return this.#public;
  }
  get policy(): RoomPolicy {
    return this.#policy;
  }
  get metadata(): string {
    return this.#metadata;
  }
  get info(): RoomInfo {
    return roomInfo(this);
  }
  /** Participants that count for others: without the hidden ones. */
  get counted(): number {
    return this.#members.size - this.#hidden.size;
  }
  get publishers(): number {
    let n = 0;
    for (const p of this.#public) if (p.publications.size > 0) n++;
    return n;
  }

  get(identity: string): Participant | undefined {
    return this.#members.get(identity);
  }

  /** @throws DomainError `node-full`, or `not-found` when the room ended meanwhile. */
  async join(request: JoinRequest): Promise<Participant> {
    const { maxParticipants } = this.settings;
    if (maxParticipants > 0 && this.#members.size >= maxParticipants && !this.#members.has(request.identity)) {
      throw refuse('node-full', 'the room is full');
    }
    clearTimeout(this.#idle);
    try {
      const sid = newSid('PA');
      const permission = effectivePermission(this.placeOf(request.identity), request.permission);
      const { canPublish, canPublishData, canSubscribe } = permission;
      // Who may do nothing at all still needs one connection to be there.
      const peer = await this.#createPeer(sid, canPublish || canPublishData || !canSubscribe);
      if (this.#closed) {
        peer.close();
        throw refuse('not-found', 'requested room does not exist');
      }
      this.#members.get(request.identity)?.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
      const participant = new Participant(this, sid, request, peer);
      this.#members.set(request.identity, participant);
      if (participant.permission.hidden) this.#hidden.add(participant);
      return participant;
    } finally {
      if (this.#members.size === 0) this.#endWhenIdle(this.settings.departureTimeout);
      else clearTimeout(this.#idle);
    }
  }

  placeOf(identity: string): RoomPlace {
    return placeOf(this.#policy, this.#orders.get(identity));
  }
  orderOf(identity: string): StageOrder | undefined {
    return this.#policy.kind === 'open' ? undefined : this.#orders.get(identity);
  }

  /** Something that others see of him changed. His own client is always told. */
  changed(participant: Participant): void {
    if (participant.permission.hidden) this.#hidden.add(participant);
    else this.#hidden.delete(participant);
    const seen = !participant.left && isPublic(participant.place, participant.permission);
    if (seen) {
      this.#public.add(participant);
      this.announcer.changed(participant);
    } else {
      if (this.#public.delete(participant)) {
        this.announcer.gone(participant, participant.goneInfo(DisconnectReason.UNKNOWN_REASON));
      }
      participant.outlet?.update([participant.info]);
    }
    this.news.countChanged();
  }

  setMetadata(metadata: string): void {
    this.#metadata = metadata;
    this.news.changed();
  }

  /** Makes it a briefing, or sets its orders anew. */
  async setPolicy(policy: RoomPolicy, orders: readonly StageOrder[]): Promise<void> {
    this.#policy = policy;
    this.#orders.clear();
    for (const order of orders) this.#orders.set(order.identity, order);
    if (policy.kind === 'stage') clearTimeout(this.#idle);
    await Promise.all([...this.#members.values()].map((p) => p.applyOrder()));
  }

  /** Kept for the identity, and applied now when he is here. */
  async order(order: StageOrder): Promise<void> {
    if (order.place === 'audience' && !order.muted) this.#orders.delete(order.identity);
    else this.#orders.set(order.identity, order);
    await this.#members.get(order.identity)?.applyOrder();
  }

  /** Puts one out; false when he is not here. */
  remove(identity: string, reason = DisconnectReason.PARTICIPANT_REMOVED): boolean {
    const participant = this.#members.get(identity);
    participant?.leave(reason, 'disconnect');
    return participant !== undefined;
  }

  /** Called by the participant when he is out. */
  departed(participant: Participant, reason: DisconnectReason): void {
    if (this.#members.get(participant.identity) === participant) this.#members.delete(participant.identity);
    if (this.#public.delete(participant)) this.announcer.gone(participant, participant.goneInfo(reason));
    this.#hidden.delete(participant);
    this.news.countChanged();
    this.speakers.forget(participant);
    this.rooms.emit('left', participant, reason);
    if (this.#members.size === 0) this.#endWhenIdle(this.settings.departureTimeout);
  }

  close(reason: DisconnectReason, action: LeaveAction = 'disconnect'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.announcer.close();
    for (const p of [...this.#members.values()]) p.leave(reason, action);
    clearTimeout(this.#idle);
    this.news.close();
    this.speakers.close();
    this.#quality.close();
    this.#sfu.close();
    this.rooms.forget(this);
  }

  async #createPeer(id: string, publisher: boolean): Promise<SfuPeer> {
    try {
      return await this.#sfu.createPeer({ id, publisher, subscriber: true });
    } catch (error) {
      throw refuse('node-full', 'no room for another participant on this node', error);
    }
  }

  /** Rooms of a briefing end by order alone. */
  #endWhenIdle(seconds: number): void {
    clearTimeout(this.#idle);
    if (this.#closed || this.#policy.kind === 'stage') return;
    this.#idle = setTimeout(() => this.close(DisconnectReason.ROOM_CLOSED), seconds * 1000);
    this.#idle.unref();
  }
}
