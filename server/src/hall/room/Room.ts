import type { EventEmitter } from 'node:events';
import { type Codec, DisconnectReason, type ParticipantPermission, type Room as RoomInfo } from '@livekit/protocol';
import type { LineFacts, RoomFacts } from '../../cluster/topics/rooms.ts';
import type { Framing, PictureCap, StageOrder } from '../../domain/shared/stage.ts';
import { type StageMap, type StageRelation, shownTo } from '../../domain/shared/stages.ts';
import type { SfuPeer, SfuPeerOptions } from '../../media/sfu/types.ts';
import { refuse } from '../../protocol/errors.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { NodeRooms } from '../nodes/NodeRooms.ts';
import type { OwnRoom } from '../nodes/OwnRoom.ts';
import type { RemoteParticipant } from '../nodes/RemoteParticipant.ts';
import type { Publisher } from '../publish/Publisher.ts';
import { inTurn } from '../shared/inTurn.ts';
import type { JoinRequest } from '../shared/JoinRequest.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { newSid } from '../shared/sids.ts';
import { Audiences } from '../stages/Audiences.ts';
import { PublicPeople } from '../stages/PublicPeople.ts';
import { effectivePermission } from '../stages/permissions.ts';
import { isPublic, type RoomPlace, type RoomPolicy } from '../stages/places.ts';
import { StageOrders, type StageViewer } from '../stages/StageOrders.ts';
import { ActiveSpeakers } from '../tell/ActiveSpeakers.ts';
import { Announcer } from '../tell/Announcer.ts';
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
import { restage } from './restage.ts';

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
  readonly announcer = new Announcer<Participant, Participant | RemoteParticipant>(this, (viewer, about) =>
    viewer.viewing.consider(about),
  );
  readonly speakers = new ActiveSpeakers<Participant, Publisher>(
    this,
    (viewer, speaker) => viewer.viewing.receivesFrom(speaker),
    (speaker, speaking) => {
      const participant = this.#members.get(speaker.identity);
      if (participant?.sid === speaker.sid) this.#events.emit('speaking', participant, speaking);
    },
  );
  readonly news = new RoomNews(this);
  /** Those of other nodes; undefined: this node has none beside it. */
  readonly remote: RemotePeople | undefined;
  readonly #quality = new ConnectionQualityWatch<Participant, Publisher>(this, {
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
  readonly #stage = new StageOrders();
  readonly #members = new Map<string, Participant>();
  /** Those whose turn has not come since stages changed, however often: as of which they were told of the room. */
  readonly #behind = new Map<Participant, StageMap>();
  readonly #audiences = new Audiences(this.#stage, this.#members);
  /** Those whom others see; in a briefing a handful, however large the audience. */
  readonly #public = new PublicPeople<Participant | RemoteParticipant>();
  readonly #caps = new PictureCaps();
  readonly #hidden = new Set<Participant>();
  /** What other nodes are told. */
  readonly #own: OwnRoom | undefined;
  readonly #idle = new IdleTimer(() => this.close(DisconnectReason.ROOM_CLOSED));
  #closed = false;

  constructor({ context, settings, events, ended, nodes }: RoomParts) {
    this.#context = context;
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
    return { size: this.#members.size, [Symbol.iterator]: () => this.#members.values() };
  }
  /** Those whom others may see. */
  get publicParticipants(): ReadonlySet<Participant | RemoteParticipant> {
    return this.#public.all;
  }
  get policy(): RoomPolicy {
    return this.#stage.policy;
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
    for (const p of this.#public.all) if (p.publications.size > 0 && this.#members.get(p.identity) === p) n++;
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
      const permission = this.permissionOf(request.identity, request.permission);
      const { canPublish, canPublishData, canSubscribe } = permission;
      const peer = await this.#createPeer({
        id: sid,
        near: awaited?.peer,
        // Who may do nothing at all still needs one connection to be there.
        publisher: canPublish || canPublishData || !canSubscribe,
        subscriber: true,
        dataOn: canSubscribe ? 'subscriber' : 'publisher',
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
      this.#audiences.put(participant);
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
    return this.#public.all.has(participant) && participant.publications.size > 0;
  }

  /** Nobody is told that they have gone, since they are there. */
  #takePlace(participant: Participant, before: Participant): void {
    this.#public.delete(before);
    before.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
    const stage = this.#stage.stageOf(participant.identity);
    if (isPublic(participant.place, participant.permission)) this.#public.add(participant, stage);
  }

  placeOf(identity: string): RoomPlace {
    return this.#stage.placeOf(identity);
  }
  /** What they may really do, of what was granted them. */
  permissionOf(identity: string, granted: ParticipantPermission): ParticipantPermission {
    return effectivePermission(this.placeOf(identity), granted, this.#stage.isBelow(identity));
  }
  /** TR1: what the stage on which somebody stands is to a viewer. */
  relationTo(viewer: StageViewer, publisher: { readonly identity: string }): StageRelation {
    return this.#stage.relation(viewer, this.#stage.stageOf(publisher.identity));
  }
  /** TR8: of those whom others see, those whom this viewer does, without a look at all others. */
  *seenBy(viewer: StageViewer): Iterable<Participant | RemoteParticipant> {
    yield* this.seenOn(this.#stage.around(viewer));
  }
  *seenOn(stages: ReadonlySet<UnitPath>): Iterable<Participant | RemoteParticipant> {
    for (const stage of stages) yield* this.#public.on(stage);
  }
  /** TR8: everybody to whom the stage is something on which they stand, and themselves. */
  *audienceOf({ identity }: { readonly identity: string }): Iterable<Participant> {
    const own = this.#members.get(identity);
    if (own) yield own;
    for (const viewer of this.#audiences.of(this.#stage.stageOf(identity))) if (viewer !== own) yield viewer;
  }
  stageOf({ identity }: { readonly identity: string }): UnitPath {
    return this.#stage.stageOf(identity);
  }
  isHardMuted(identity: string): boolean {
    return this.#stage.isMuted(identity);
  }

  /** Something that others see of them changed. Their own client is always told. */
  changed(participant: Participant): void {
    if (participant.permission.hidden) this.#hidden.add(participant);
    else this.#hidden.delete(participant);
    if (!participant.left) this.#audiences.put(participant);
    const seen = !participant.left && isPublic(participant.place, participant.permission);
    const stage = this.#stage.stageOf(participant.identity);
    if (!seen || this.#public.stageOf(participant) !== stage) {
      this.#unseen(participant, DisconnectReason.UNKNOWN_REASON);
    }
    if (seen) {
      this.#public.add(participant, stage);
      this.announcer.changed(participant);
      this.#own?.changed(participant);
    } else participant.outlet?.update([participant.info]);
    this.news.countChanged();
    this.#own?.countChanged();
  }

  /** The same of one of another node. */
  remoteChanged(person: RemoteParticipant): void {
    const stage = this.stageOf(person);
    if (!person.isPublic || this.#public.stageOf(person) !== stage)
      this.remoteGone(person, DisconnectReason.UNKNOWN_REASON);
    if (!person.isPublic) return;
    this.#public.add(person, stage);
    this.announcer.changed(person);
  }
  remoteGone(person: RemoteParticipant, reason: DisconnectReason): void {
    this.#unseen(person, reason);
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
    if (own === publisher && this.#public.all.has(own)) this.#own?.changed(own);
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
    this.#stage.reset(policy, orders);
    if (policy.kind === 'stage') this.#idle.stop();
    await Promise.all([...[...this.#members.values()].map((p) => p.applyOrder()), this.remote?.placed()]);
  }

  /** TR2: who is shown which stage, from now on. Costs work for those who are shown another one, and a look at all. */
  arrange(stages: StageMap): void {
    const last = this.#stage.arrange(stages);
    if (!last) return;
    for (const viewer of this.#members.values()) if (!this.#behind.has(viewer)) this.#behind.set(viewer, last);
    void inTurn(
      this.#behind,
      ([viewer, before]) => {
        this.#behind.delete(viewer);
        const { identity, standing } = viewer;
        const shown = (map: StageMap) => shownTo(map, identity, standing.path);
        if (shown(before) !== shown(stages)) restage(viewer, this.#stage.around(viewer, before));
      },
      () => this.#closed || this.#stage.stages !== stages,
    );
  }

  /** Kept for the identity, and applied now when they are here. */
  async order(order: StageOrder): Promise<void> {
    // From one stage to another: those who saw them there may not see them here.
    if (this.#stage.isMove(order)) await this.order({ ...order, place: 'audience', stage: undefined });
    this.#stage.set(order);
    await Promise.all([this.#members.get(order.identity)?.applyOrder(), this.remote?.placed(order.identity)]);
  }

  /** PN11: caps of pictures from now on. */
  frame(framing: Framing): void {
    const people = [...this.#members.values(), ...(this.remote ?? [])];
    this.#caps.frame(framing, people, () => this.#closed);
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
    this.#audiences.delete(participant);
    this.#unseen(participant, reason);
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
    this.announcer.close();
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

  /** Whoever saw them is told that they are gone. */
  #unseen(participant: Participant | RemoteParticipant, reason: DisconnectReason): void {
    const stage = this.#public.delete(participant);
    if (stage === undefined) return;
    const saw = (viewer: StageViewer) => this.#stage.relation(viewer, stage) !== 'none';
    this.announcer.gone(participant, participant.views.gone(reason), saw, () => this.#audiences.of(stage));
    if (participant instanceof Participant) this.#own?.gone(participant, reason);
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
