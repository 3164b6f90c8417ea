import type { DisconnectReason, ParticipantPermission } from '@livekit/protocol';
import {
  choseWithin,
  type StageMap,
  type StageRelation,
  shownTo,
  touchedDevices,
  touchedUnits,
} from '../../domain/shared/stages.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { RemoteParticipant } from '../nodes/RemoteParticipant.ts';
import { inTurn } from '../shared/inTurn.ts';
import { Audiences } from '../stages/Audiences.ts';
import { PublicPeople } from '../stages/PublicPeople.ts';
import { effectivePermission } from '../stages/permissions.ts';
import type { RoomPlace } from '../stages/places.ts';
import { StageOrders, type StageViewer } from '../stages/StageOrders.ts';
import { Announcer } from '../tell/Announcer.ts';
import type { Participant } from './Participant.ts';
import { restage } from './restage.ts';

/** Somebody whom others may see, at this node or at another. */
export type PublicPerson = Participant | RemoteParticipant;

/** Who is shown what in one room: where everybody stands, who sees them there, and what viewers are told when that changes. */
export class Showing {
  readonly orders = new StageOrders();
  readonly announcer = new Announcer<Participant, PublicPerson>(this, (viewer, about) =>
    viewer.viewing.consider(about),
  );
  readonly #members: ReadonlyMap<string, Participant>;
  readonly #audiences: Audiences<Participant>;
  /** Those whom others see; in a briefing a handful, however large the audience. */
  readonly #public = new PublicPeople<PublicPerson>();
  /** Those whose turn has not come since stages changed, however often: as of which they were told of the room. */
  readonly #behind = new Map<Participant, StageMap>();
  /** Of these, whoever was told by a choice of their own: a few hundred of thousands. */
  readonly #choosers = new Set<Participant>();
  #closed = false;

  /** @param members all participants of this node by their identity */
  constructor(members: ReadonlyMap<string, Participant>) {
    this.#members = members;
    this.#audiences = new Audiences(this.orders, members);
  }

  get participants(): Iterable<Participant> & { readonly size: number } {
    return { size: this.#members.size, [Symbol.iterator]: () => this.#members.values() };
  }
  /** Those whom others may see. */
  get publicParticipants(): ReadonlySet<PublicPerson> {
    return this.#public.all;
  }

  placeOf(identity: string): RoomPlace {
    return this.orders.placeOf(identity);
  }
  stageOf({ identity }: { readonly identity: string }): UnitPath {
    return this.orders.stageOf(identity);
  }
  /** What they may really do, of what was granted them. */
  permissionOf(identity: string, granted: ParticipantPermission): ParticipantPermission {
    return effectivePermission(this.placeOf(identity), granted, this.orders.isBelow(identity));
  }
  /** TR1: what the stage on which somebody stands is to a viewer. */
  relationTo(viewer: StageViewer, publisher: { readonly identity: string }): StageRelation {
    return this.orders.relation(viewer, this.stageOf(publisher));
  }

  /** TR8: of those whom others see, those whom this viewer does, without a look at all others. */
  *seenBy(viewer: StageViewer): Iterable<PublicPerson> {
    yield* this.seenOn(this.orders.around(viewer));
  }
  *seenOn(stages: ReadonlySet<UnitPath>): Iterable<PublicPerson> {
    for (const stage of stages) yield* this.#public.on(stage);
  }
  /** TR8: everybody to whom the stage is something on which they stand, and themselves. */
  *audienceOf(of: { readonly identity: string }): Iterable<Participant> {
    const own = this.#members.get(of.identity);
    if (own) yield own;
    for (const viewer of this.#audiences.of(this.stageOf(of))) if (viewer !== own) yield viewer;
  }

  /** They came, or lie in another unit now. */
  seat(viewer: Participant): void {
    this.#audiences.put(viewer);
  }
  unseat(viewer: Participant): void {
    this.#audiences.delete(viewer);
  }

  /** Whether others see them where they stand. */
  isInPlace(person: PublicPerson): boolean {
    return this.#public.stageOf(person) === this.stageOf(person);
  }
  /** Others see them, and are told what they are now. */
  show(person: PublicPerson): void {
    this.#public.add(person, this.stageOf(person));
    this.announcer.changed(person);
  }
  /** Whoever saw them is told that they are gone. @returns whether others saw them */
  hide(person: PublicPerson, reason: DisconnectReason): boolean {
    const stage = this.#public.delete(person);
    if (stage === undefined) return false;
    const late = this.#lateFor(stage);
    const saw = (viewer: Participant) => this.orders.relation(viewer, stage) !== 'none' || late.has(viewer);
    this.announcer.gone(person, person.views.gone(reason), saw, () => union(this.#audiences.of(stage), late));
    return true;
  }
  /** CB1: one takes the place of another, of which nobody is told. */
  replace(before: Participant, person: Participant, isSeen: boolean): void {
    this.#public.delete(before);
    if (isSeen) this.#public.add(person, this.stageOf(person));
  }

  /**
   * TR2, TR8: who is shown which stage, from now on. Costs work for those who are shown another one, and a look at those
   * below the units of which something changed: hundreds may open stages of their own in one second. Resolves when all
   * were brought there, or stages have changed again.
   */
  arrange(stages: StageMap): Promise<void> {
    const last = this.orders.arrange(stages);
    if (!last) return Promise.resolve();
    for (const viewer of this.#touched(last, stages)) {
      if (this.#behind.has(viewer)) continue;
      this.#behind.set(viewer, last);
      if (last.chosen.has(viewer.identity)) this.#choosers.add(viewer);
    }
    const isOver = () => this.#closed || this.orders.stages !== stages;
    return inTurn(this.#behind, ([viewer, before]) => this.#catchUp(viewer, before, stages), isOver);
  }

  close(): void {
    this.#closed = true;
    this.announcer.close();
  }

  *#touched(before: StageMap, after: StageMap): Generator<Participant> {
    for (const unit of touchedUnits(before, after)) yield* this.#audiences.below(unit);
    for (const identity of touchedDevices(before, after)) {
      const viewer = this.#members.get(identity);
      if (viewer) yield viewer;
    }
  }

  #catchUp(viewer: Participant, before: StageMap, stages: StageMap): void {
    this.#behind.delete(viewer);
    this.#choosers.delete(viewer);
    const shown = (map: StageMap) => shownTo(map, viewer.identity, viewer.standing.path);
    if (shown(before) !== shown(stages)) restage(viewer, this.orders.around(viewer, before));
  }

  /** TR3: those who still see a stage by a choice that is over, since their turn has not come. */
  #lateFor(stage: UnitPath): ReadonlySet<Participant> {
    const late = new Set<Participant>();
    for (const viewer of this.#choosers) {
      const toldAsOf = this.#behind.get(viewer);
      if (toldAsOf && choseWithin(toldAsOf, viewer.identity, stage)) late.add(viewer);
    }
    return late;
  }
}

function* union<T>(many: Iterable<T>, few: ReadonlySet<T>): Generator<T> {
  for (const one of many) if (!few.has(one)) yield one;
  yield* few;
}
