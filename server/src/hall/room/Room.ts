import type { EventEmitter } from 'node:events';
import { type Codec, DisconnectReason, type ParticipantPermission, type Room as RoomInfo } from '@livekit/protocol';
import type { Framing, PictureCap, StageOrder } from '../../domain/shared/stage.ts';
import { type StageMap, type StageRelation, shownTo } from '../../domain/shared/stages.ts';
import type { SfuPeer, SfuPeerOptions } from '../../media/sfu/types.ts';
import { refuse } from '../../protocol/errors.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Publisher } from '../publish/Publisher.ts';
import { inTurn } from '../shared/inTurn.ts';
import type { JoinRequest } from '../shared/JoinRequest.ts';
import type { RoomContext } from '../shared/RoomContext.ts';
import { newSid } from '../shared/sids.ts';
import { isSameCap } from '../stages/caps.ts';
import { PublicPeople } from '../stages/PublicPeople.ts';
import { effectivePermission } from '../stages/permissions.ts';
import { isPublic, type RoomPlace, type RoomPolicy } from '../stages/places.ts';
import { StageOrders, type StageViewer } from '../stages/StageOrders.ts';
import { ActiveSpeakers } from '../tell/ActiveSpeakers.ts';
import { Announcer } from '../tell/Announcer.ts';
import { ConnectionQualityWatch } from '../tell/ConnectionQualityWatch.ts';
import type { LeaveAction } from '../tell/outlet.ts';
import { RoomNews } from '../tell/RoomNews.ts';
import { roomInfo } from './info.ts';
import { Participant } from './Participant.ts';
import type { RoomSettings } from './RoomSettings.ts';
import type { RoomsEvents } from './RoomsEvents.ts';
import { restage } from './restage.ts';

/** A live room: who is in it, who stands where, and what is told to whom. */
export class Room {
  readonly sid = newSid('RM');
  readonly settings: RoomSettings;
  readonly createdAt = Date.now();
  readonly announcer = new Announcer<Participant>(this, (viewer, about) => viewer.viewing.consider(about));
  readonly speakers = new ActiveSpeakers<Participant, Publisher>(
    this,
    (viewer, speaker) => viewer.viewing.receivesFrom(speaker),
    (speaker, speaking) => {
      const participant = this.#members.get(speaker.identity);
      if (participant?.sid === speaker.sid) this.#events.emit('speaking', participant, speaking);
    },
  );
  readonly news = new RoomNews(this);
  readonly #quality = new ConnectionQualityWatch<Participant>(this, {
    receives: (viewer, publisher) => viewer.viewing.receivesFrom(publisher),
    sends: (participant, bitrate) => participant.sends(bitrate),
    changed: (participant, quality) => this.#events.emit('quality', participant, quality),
  });
  readonly #context: RoomContext;
  readonly #events: EventEmitter<RoomsEvents>;
  readonly #ended: () => void;
  readonly #stage = new StageOrders();
  readonly #members = new Map<string, Participant>();
  /** Those whom others see; in a briefing a handful, however large the audience. */
  readonly #public = new PublicPeople<Participant>();
  #framing: Framing = new Map();
  readonly #hidden = new Set<Participant>();
  #metadata: string;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param ended called once, when it is over */
  constructor(context: RoomContext, settings: RoomSettings, events: EventEmitter<RoomsEvents>, ended: () => void) {
    this.#context = context;
    this.#events = events;
    this.#ended = ended;
    this.settings = settings;
    this.#metadata = settings.metadata;
    this.#endWhenIdle(settings.emptyTimeout);
  }

  get name(): string {
    return this.#context.name;
  }
  get codecs(): readonly Codec[] {
    return this.#context.codecs;
  }
  get participants(): Iterable<Participant> & { readonly size: number } {
    return { size: this.#members.size, [Symbol.iterator]: () => this.#members.values() };
  }
  /** Those whom others may see. */
  get publicParticipants(): ReadonlySet<Participant> {
    return this.#public.all;
  }
  get policy(): RoomPolicy {
    return this.#stage.policy;
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
    for (const p of this.#public.all) if (p.publications.size > 0) n++;
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
      const permission = this.permissionOf(request.identity, request.permission);
      const { canPublish, canPublishData, canSubscribe } = permission;
      const peer = await this.#createPeer({
        id: sid,
        // Who may do nothing at all still needs one connection to be there.
        publisher: canPublish || canPublishData || !canSubscribe,
        subscriber: true,
        dataOn: canSubscribe ? 'subscriber' : 'publisher',
      });
      if (this.#closed) {
        peer.close();
        throw refuse('not-found', 'requested room does not exist');
      }
      this.#members.get(request.identity)?.leave(DisconnectReason.DUPLICATE_IDENTITY, 'disconnect');
      const participant = new Participant({
        room: this,
        context: this.#context,
        events: this.#events,
        sid,
        request,
        peer,
      });
      this.#members.set(request.identity, participant);
      if (participant.permission.hidden) this.#hidden.add(participant);
      return participant;
    } finally {
      if (this.#members.size === 0) this.#endWhenIdle(this.settings.departureTimeout);
      else clearTimeout(this.#idle);
    }
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
  *seenBy(viewer: StageViewer): Iterable<Participant> {
    yield* this.seenOn(this.#stage.around(viewer));
  }
  *seenOn(stages: ReadonlySet<UnitPath>): Iterable<Participant> {
    for (const stage of stages) yield* this.#public.on(stage);
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
    const seen = !participant.left && isPublic(participant.place, participant.permission);
    const stage = this.#stage.stageOf(participant.identity);
    if (!seen || this.#public.stageOf(participant) !== stage) {
      this.#unseen(participant, DisconnectReason.UNKNOWN_REASON);
    }
    if (seen) {
      this.#public.add(participant, stage);
      this.announcer.changed(participant);
    } else participant.outlet?.update([participant.info]);
    this.news.countChanged();
  }

  setMetadata(metadata: string): void {
    this.#metadata = metadata;
    this.news.changed();
  }

  /** Makes it a briefing, or sets its orders anew. */
  async setPolicy(policy: RoomPolicy, orders: readonly StageOrder[]): Promise<void> {
    // Whoever is shown another stage by it is brought there, as by any change of the floor.
    if (policy.kind === 'stage') this.arrange(policy.stages);
    this.#stage.reset(policy, orders);
    if (policy.kind === 'stage') clearTimeout(this.#idle);
    await Promise.all([...this.#members.values()].map((p) => p.applyOrder()));
  }

  /** TR2: who is shown which stage, from now on. Costs work for those who are shown another one, and a look at all. */
  arrange(stages: StageMap): void {
    const before = this.#stage.arrange(stages);
    if (!before) return;
    void inTurn(
      this.#members.values(),
      (viewer) => {
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
    await this.#members.get(order.identity)?.applyOrder();
  }

  /** PN11: caps of pictures from now on. Layers follow in turn: nobody waits for thousands of viewers. */
  frame(framing: Framing): void {
    const before = this.#framing;
    this.#framing = framing;
    const moved = [...this.#members.values()].filter(
      ({ identity }) => !isSameCap(before.get(identity), framing.get(identity)),
    );
    const receivers = moved.flatMap((p) =>
      [...p.publishing.publications.values()].flatMap((t) => [...t.subscriptions]),
    );
    void inTurn(
      receivers,
      (receiver) => receiver.resized(),
      () => this.#closed,
    );
  }

  capOf({ identity }: { readonly identity: string }): PictureCap | undefined {
    return this.#framing.get(identity);
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
    this.#unseen(participant, reason);
    this.#hidden.delete(participant);
    this.news.countChanged();
    this.speakers.forget(participant);
    this.#events.emit('left', participant, reason);
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
    this.#context.sfu.close();
    this.#ended();
  }

  /** Whoever saw them is told that they are gone. */
  #unseen(participant: Participant, reason: DisconnectReason): void {
    const stage = this.#public.delete(participant);
    if (stage === undefined) return;
    const saw = (viewer: StageViewer) => this.#stage.relation(viewer, stage) !== 'none';
    this.announcer.gone(participant, participant.views.gone(reason), saw);
  }

  async #createPeer(options: SfuPeerOptions): Promise<SfuPeer> {
    try {
      return await this.#context.sfu.createPeer(options);
    } catch (error) {
      throw refuse('node-full', 'no room for another participant on this node', error);
    }
  }

  /** Rooms of a briefing end by order alone. */
  #endWhenIdle(seconds: number): void {
    clearTimeout(this.#idle);
    if (this.#closed || this.policy.kind === 'stage') return;
    this.#idle = setTimeout(() => this.close(DisconnectReason.ROOM_CLOSED), seconds * 1000);
    this.#idle.unref();
  }
}
