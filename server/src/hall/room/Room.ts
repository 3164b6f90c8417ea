import type { EventEmitter } from 'node:events';
import { type Codec, DisconnectReason, type Room as RoomInfo } from '@livekit/protocol';
import type { LineFacts, RoomFacts } from '../../cluster/topics/rooms.ts';
import type { Framing, PictureCap, StageOrder } from '../../domain/shared/stage.ts';
import type { StageMap } from '../../domain/shared/stages.ts';
import type { SfuPeer, SfuPeerOptions } from '../../media/sfu/types.ts';
import { refuse } from '../../protocol/errors.ts';
import type { NodeRooms } from '../nodes/NodeRooms.ts';
import type { OwnRoom } from '../nodes/OwnRoom.ts';
import type { RemoteParticipant } from '../nodes/RemoteParticipant.ts';
import { Cuts } from '../publish/Cuts.ts';
import type { Publisher } from '../publish/Publisher.ts';
import type { JoinRequest } from '../shared/JoinRequest.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { newSid } from '../shared/sids.ts';
import { toldAtOnce } from '../shared/toldAtOnce.ts';
import { isPublic, type RoomPolicy } from '../stages/places.ts';
import { ActiveSpeakers } from '../tell/ActiveSpeakers.ts';
import { ConnectionQualityWatch } from '../tell/ConnectionQualityWatch.ts';
import type { LeaveAction } from '../tell/outlet.ts';
import { RoomNews } from '../tell/RoomNews.ts';
import { IdleTimer } from './IdleTimer.ts';
import { roomInfo } from './info.ts';
import { Participant } from './Participant.ts';
import { PictureCaps } from './PictureCaps.ts';
import { RemotePeople } from './RemotePeople.ts';
import { RoomAbout } from './RoomAbout.ts';
import type { RoomSettings } from './RoomSettings.ts';
import type { RoomsEvents } from './RoomsEvents.ts';
import { type PublicPerson, Showing } from './Showing.ts';

interface RoomParts {
  readonly context: RoomContext;
  readonly settings: RoomSettings;
  readonly events: EventEmitter<RoomsEvents>;
  /** Called once, when it is over. */
  readonly ended: () => void;
  /** The same room at other nodes; undefined: there are none beside this one. */
  readonly nodes: NodeRooms | undefined;
}

/** A live room: who is in it, who stands where, and what is told to whom. */
export class Room {
  readonly #members = new Map<string, Participant>();
  readonly showing = new Showing(this.#members);
  readonly speakers = new ActiveSpeakers<Participant, Publisher>(
    this.showing,
    (viewer, speaker) => viewer.viewing.receivesFrom(speaker),
    (speaker, speaking) => {
      const participant = this.#members.get(speaker.identity);
      if (participant?.sid === speaker.sid) this.#events.emit('speaking', participant, speaking);
    },
  );
  readonly news = new RoomNews(this);
  /** Those of other nodes; undefined: this node has none beside it. */
  readonly remote: RemotePeople | undefined;
  readonly #quality = new ConnectionQualityWatch<Participant, Publisher>(this.showing, {
    receives: (viewer, publisher) => viewer.viewing.receivesFrom(publisher),
    sends: (participant, bitrate) => participant.sends(bitrate),
    changed: (participant, quality) => this.#events.emit('quality', participant, quality),
    measured: (participant, { quality, score }) => this.#own?.measured(participant, quality, score),
  });
  readonly #context: RoomContext;
  readonly #events: EventEmitter<RoomsEvents>;
  readonly #ended: () => void;
  readonly #nodes: NodeRooms | undefined;
  readonly #about: RoomAbout;
  readonly #caps = new PictureCaps();
  readonly #cuts: Cuts;
  readonly #hidden = new Set<Participant>();
  /** What other nodes are told. */
  readonly #own: OwnRoom | undefined;
  readonly #idle = new IdleTimer(() => this.close(DisconnectReason.ROOM_CLOSED));
  #closed = false;

  constructor({ context, settings, events, ended, nodes }: RoomParts) {
    this.#context = context;
    this.#cuts = new Cuts(context.sfu);
    this.#events = events;
    this.#ended = ended;
    this.#nodes = nodes;
    this.#about = new RoomAbout(settings, nodes?.elsewhere.about(context.name));
    this.remote = nodes && new RemotePeople(this, context, nodes);
    this.#own = nodes?.open(this);
    this.remote?.start();
    this.#endWhenIdle(settings.emptyTimeout);
  }

  get name(): string {
    return this.#context.name;
  }
  /** What all nodes have of it. */
  get about(): RoomFacts {
    return this.#about.facts;
  }
  get sid(): string {
    return this.about.sid;
  }
  get codecs(): readonly Codec[] {
    return this.#context.codecs;
  }
  get participants(): Iterable<Participant> & { readonly size: number } {
    return this.showing.participants;
  }
  /** Those whom others may see. */
  get publicParticipants(): ReadonlySet<PublicPerson> {
    return this.showing.publicParticipants;
  }
  get policy(): RoomPolicy {
    return this.showing.orders.policy;
  }
  get metadata(): string {
    return this.about.metadata;
  }
  get info(): RoomInfo {
    return roomInfo(this);
  }
  /** Participants that count for others: without the hidden ones. */
  get counted(): number {
    return this.counts[0] + this.#elsewhere[0];
  }
  get publishers(): number {
    return this.counts[1] + this.#elsewhere[1];
  }
  /** The same of this node alone. */
  get counts(): readonly [people: number, publishers: number] {
    let n = 0;
    for (const p of this.publicParticipants) if (p.publications.size > 0 && this.#members.get(p.identity) === p) n++;
    return [this.#members.size - this.#hidden.size, n];
  }
  get #elsewhere(): readonly [number, number] {
    return this.#nodes?.elsewhere.counts(this.name) ?? [0, 0];
  }

  get(identity: string): Participant | undefined {
    return this.#members.get(identity);
  }

  /** @throws DomainError `node-full`, or `not-found` when the room ended meanwhile. */
  async join(request: JoinRequest): Promise<Participant> {
    const { maxParticipants } = this.about;
    const size = this.#members.size + this.#elsewhere[0];
    if (maxParticipants > 0 && size >= maxParticipants && !this.#members.has(request.identity)) {
      throw refuse('node-full', 'the room is full');
    }
    this.#idle.stop();
    try {
      const here = this.#members.get(request.identity);
      const awaited = here && this.awaits(here) ? here : undefined;
      const sid = awaited?.sid ?? newSid('PA');
      const permission = this.showing.permissionOf(request.identity, request.permission);
      const { canPublish, canPublishData, canSubscribe } = permission;
      const peer = await this.#createPeer({
        id: sid,
        near: awaited?.peer,
        // Who may do nothing at all still needs one connection to be there.
        publisher: canPublish || canPublishData || !canSubscribe,
        subscriber: true,
        dataOn: canSubscribe ? 'subscriber' : 'publisher',
        line: this.#context.lines.of(this.name, request.identity),
      });
      if (this.#closed) {
        peer.close();
        throw refuse('not-found', 'requested room does not exist');
      }
      const before = this.#members.get(request.identity);
      // They may have gone for good meanwhile.
      const stays = before === awaited && peer.worker === awaited?.peer.worker;
      if (!stays) before?.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
      const participant = new Participant({
        room: this,
        context: this.#context,
        events: this.#events,
        sid: awaited && !stays ? newSid('PA') : sid,
        request,
        peer,
        before: stays ? awaited : undefined,
        join: this.#nodes?.joins.next() ?? 0,
      });
      if (stays && awaited) this.#takePlace(participant, awaited);
      this.#members.set(request.identity, participant);
      this.#context.lines.follow(this.name, request.identity, peer);
      this.showing.seat(participant);
      if (participant.permission.hidden) this.#hidden.add(participant);
      this.#own?.came(participant);
      this.remote?.follow(request.identity, DisconnectReason.DUPLICATE_IDENTITY);
      return participant;
    } finally {
      this.#endWhenEmpty();
    }
  }

  /** CB1: in a briefing, one whom others see and have tracks of may come back on a new connection. */
  awaits(participant: Participant): boolean {
    if (this.policy.kind !== 'stage' || this.#closed) return false;
    return this.publicParticipants.has(participant) && participant.publications.size > 0;
  }

  /** Nobody is told that they have gone, since they are there. */
  #takePlace(participant: Participant, before: Participant): void {
    this.showing.replace(before, participant, isPublic(participant.place, participant.permission));
    before.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
  }

  /** Something that others see of them changed. Their own client is always told. */
  changed(participant: Participant): void {
    if (participant.permission.hidden) this.#hidden.add(participant);
    else this.#hidden.delete(participant);
    if (!participant.left) this.showing.seat(participant);
    const seen = !participant.left && isPublic(participant.place, participant.permission);
    if (!seen || !this.showing.isInPlace(participant)) this.#hide(participant, DisconnectReason.UNKNOWN_REASON);
    if (seen) {
      this.showing.show(participant);
      this.#own?.changed(participant);
    } else participant.outlet?.update([participant.info]);
    this.news.countChanged();
    this.#own?.countChanged();
  }

  /** The same of one of another node. */
  remoteChanged(person: RemoteParticipant): void {
    if (!person.isPublic || !this.showing.isInPlace(person)) this.remoteGone(person, DisconnectReason.UNKNOWN_REASON);
    if (person.isPublic) this.showing.show(person);
  }
  remoteGone(person: RemoteParticipant, reason: DisconnectReason): void {
    this.showing.hide(person, reason);
    this.speakers.forget(person);
  }
  lineElsewhere({ sid, quality, score }: LineFacts): void {
    for (const person of this.remote ?? []) if (person.sid === sid) this.#quality.elsewhere(person, { quality, score });
  }
  /** How many other nodes have changed. */
  countsElsewhereChanged(): void {
    this.news.countChanged();
    this.#endWhenEmpty();
  }
  /** They let others have their tracks than before. */
  rulesChanged(publisher: Publisher): void {
    for (const viewer of this.participants) viewer.viewing.consider(publisher);
    const own = this.#members.get(publisher.identity);
    if (own === publisher && this.publicParticipants.has(own)) this.#own?.changed(own);
  }

  setMetadata(metadata: string): void {
    this.#about.setMetadata(metadata, this.#nodes?.joins.next() ?? 0);
    this.news.changed();
    this.#own?.aboutChanged();
  }

  /** Another node has told what it is. */
  adopt(about: RoomFacts): void {
    if (this.#about.adopt(about)) this.news.changed();
  }

  /** Makes it a briefing, or sets its orders anew. */
  async setPolicy(policy: RoomPolicy, orders: readonly StageOrder[]): Promise<void> {
    // Whoever is shown another stage by it is brought there, as by any change of the floor.
    if (policy.kind === 'stage') this.arrange(policy.stages);
    this.showing.orders.reset(policy, orders);
    if (policy.kind === 'stage') this.#idle.stop();
    await Promise.all([...[...this.#members.values()].map((p) => p.applyOrder()), this.remote?.placed()]);
  }

  /** TR2: who is shown which stage, from now on. Viewers follow in turn. */
  arrange(stages: StageMap): void {
    void toldAtOnce(this.#context.sfu, () => this.showing.arrange(stages));
  }

  /** Kept for the identity, and applied now when they are here. */
  async order(order: StageOrder): Promise<void> {
    // From one stage to another: those who saw them there may not see them here.
    if (this.showing.orders.isMove(order)) await this.order({ ...order, place: 'audience', stage: undefined });
    this.showing.orders.set(order);
    await Promise.all([this.#members.get(order.identity)?.applyOrder(), this.remote?.placed(order.identity)]);
  }

  /** They went on air, or off. Resolves when the SFU has all who watch them. */
  cut({ publications }: Publisher): Promise<void> {
    return this.#cuts.of([...publications.values()]);
  }

  /** PN11: caps of pictures from now on. */
  frame(framing: Framing): void {
    const people = [...this.#members.values(), ...(this.remote ?? [])];
    this.#caps.frame(framing, people, () => this.#closed);
  }

  /** A card silences the briefing's own stage, or does so no more. (PN15) */
  silence(silent: boolean): void {
    if (!this.showing.orders.silence(silent)) return;
    for (const participant of this.#members.values()) void participant.publishing.enforceMute();
  }

  capOf({ identity }: { readonly identity: string }): PictureCap | undefined {
    return this.#caps.of(identity);
  }

  /** Puts one out; false when they are not here. */
  remove(identity: string, reason = DisconnectReason.PARTICIPANT_REMOVED): boolean {
    const participant = this.#members.get(identity);
    participant?.leave(reason, 'disconnect');
    return participant !== undefined;
  }

  /** Called by the participant when they are out. */
  departed(participant: Participant, reason: DisconnectReason): void {
    if (this.#members.get(participant.identity) === participant) this.#members.delete(participant.identity);
    this.showing.unseat(participant);
    this.#hide(participant, reason);
    this.#hidden.delete(participant);
    this.news.countChanged();
    this.#own?.countChanged();
    this.speakers.forget(participant);
    this.#events.emit('left', participant, reason);
    this.#endWhenEmpty();
  }

  close(reason: DisconnectReason, action: LeaveAction = 'disconnect'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.showing.close();
    for (const p of [...this.#members.values()]) p.leave(reason, action);
    this.#idle.stop();
    this.news.close();
    this.speakers.close();
    this.#quality.close();
    this.remote?.close();
    if (this.#own) this.#nodes?.ended(this.name, this.#own);
    this.#context.sfu.close();
    this.#ended();
  }

  #hide(participant: Participant, reason: DisconnectReason): void {
    if (this.showing.hide(participant, reason)) this.#own?.gone(participant, reason);
  }

  async #createPeer(options: SfuPeerOptions): Promise<SfuPeer> {
    try {
      return await this.#context.sfu.createPeer(options);
    } catch (error) {
      throw refuse('node-full', 'no room for another participant on this node', error);
    }
  }

  /** Somebody at another node is somebody, too. */
  #endWhenEmpty(): void {
    if (this.#members.size + this.#elsewhere[0] === 0) this.#endWhenIdle(this.about.departureTimeout);
    else this.#idle.stop();
  }

  /** Rooms of a briefing end by order alone. */
  #endWhenIdle(seconds: number): void {
    if (this.#closed || this.policy.kind === 'stage') this.#idle.stop();
    else this.#idle.endIn(seconds);
  }
}
