import { EventEmitter } from 'node:events';
import type { Call } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { StageMap } from '../shared/stages.ts';
import { emptyFloor, type FloorState, stagesOf } from './FloorState.ts';
import { HandsAway } from './HandsAway.ts';
import type { FloorOutcome } from './ports.ts';

/**
 * The floors of open and live briefings as this node knows them: the newest state that any act, hint or sweep has
 * brought. Whoever follows the floor (hall, notices) listens here, so that it makes no difference where a change came
 * from.
 */
export class LiveFloors extends EventEmitter<{
  /** The floor of a briefing became a newer one; `calls` began, were answered or ended with it. */
  changed: [before: FloorState, after: FloorState, calls: readonly Call[]];
  /** An act of this node was committed; other nodes want to know. */
  committed: [FloorOutcome];
  /** FL58: hands went away, or came back, of those that were away before. */
  handsAway: [floor: FloorState, before: ReadonlySet<string>];
}> {
  /** FL58: of them none is invited (FL59) or counted in anybody's place (FL60). */
  readonly handsAway = new HandsAway();
  readonly #floors = new Map<string, FloorState>();

  readonly #roots = new Map<string, UnitPath>();

  /** Of which unit the briefing's own stage is. */
  setRoot(briefing: string, root: UnitPath): void {
    this.#roots.set(briefing, root);
  }

  /** TR2: who is shown which stage on this floor. */
  stages(floor: FloorState): StageMap {
    return stagesOf(floor, this.#roots.get(floor.briefing) ?? '');
  }

  get(briefing: string): FloorState | undefined {
    return this.#floors.get(briefing);
  }

  briefings(): readonly string[] {
    return [...this.#floors.keys()];
  }

  /** FL15: a floor that is not newer is ignored, so hints may come late, twice and in any order. */
  apply({ floor, calls }: FloorOutcome): void {
    const before = this.#floors.get(floor.briefing);
    if (before && floor.seq <= before.seq) return;
    this.#floors.set(floor.briefing, floor);
    this.emit('changed', before ?? emptyFloor(floor.briefing), floor, calls);
  }

  /** Applies what this node has committed, and lets the others know. */
  commit(outcome: FloorOutcome): void {
    const known = this.#floors.get(outcome.floor.briefing)?.seq ?? -1;
    this.apply(outcome);
    if (outcome.floor.seq > known) this.emit('committed', outcome);
  }

  forget(briefing: string): void {
    this.#floors.delete(briefing);
    this.#roots.delete(briefing);
  }
}
