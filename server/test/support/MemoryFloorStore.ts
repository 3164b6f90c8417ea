import { airTimeOf } from '../../src/domain/floor/airTime.ts';
import { applyChanges, emptyFloor, type FloorChange, type FloorState } from '../../src/domain/floor/FloorState.ts';
import { isMadeGood, isMissed } from '../../src/domain/floor/missedCalls.ts';
import type { ActRecord, BriefingFacts, FloorOutcome, FloorStore, Moment } from '../../src/domain/floor/ports.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { AirTime, Call } from '../../src/protocol/floor.ts';
import { MISSED_SHOWN } from '../../src/protocol/limits.ts';

/** The contract of the floor's store in memory: for tests of the domain, whose clock is moved by hand. */
export class MemoryFloorStore implements FloorStore {
  readonly briefings = new Map<string, BriefingFacts>();
  readonly records: ActRecord[] = [];
  readonly #clock: Clock;
  readonly #floors = new Map<string, FloorState>();
  readonly #acts = new Map<string, { at: Date; changes: readonly FloorChange[] }[]>();
  readonly #calls = new Map<string, Call>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async change(
    briefing: string,
    record: ActRecord,
    decide: (moment: Moment) => readonly FloorChange[],
    call?: string,
  ): Promise<FloorOutcome> {
    const facts = this.briefings.get(briefing);
    if (!facts) throw refuse('not-found', 'there is no such briefing');
    const before = this.#floors.get(briefing) ?? emptyFloor(briefing);
    const known = call === undefined ? undefined : this.#calls.get(call);
    const moment: Moment = {
      floor: before,
      briefing: facts,
      now: this.#clock.now(),
      call: known?.briefing === briefing ? known : undefined,
    };
    const changes = decide(moment);
    const floor = applyChanges(before, changes);
    const calls = changes.flatMap((c) => (c.kind === 'call' ? [c.call] : []));
    for (const changed of calls) this.#calls.set(changed.id, changed);
    this.#floors.set(briefing, floor);
    if (changes.length > 0) this.records.push(record);
    this.#acts.set(briefing, [...(this.#acts.get(briefing) ?? []), { at: moment.now, changes }]);
    return { floor, calls };
  }

  async read(briefing: string): Promise<FloorState> {
    return this.#floors.get(briefing) ?? emptyFloor(briefing);
  }

  async airTime(briefing: string): Promise<AirTime> {
    return airTimeOf(briefing, this.#acts.get(briefing) ?? []);
  }

  async running(): Promise<readonly (BriefingFacts & { readonly seq: number })[]> {
    const running = [...this.briefings.values()].filter((b) => b.state === 'open' || b.state === 'live');
    return running.map((b) => ({ ...b, seq: this.#floors.get(b.id)?.seq ?? 0 }));
  }

  async overdue(): Promise<readonly { readonly briefing: string; readonly call: string }[]> {
    const now = this.#clock.now().getTime();
    return [...this.#calls.values()]
      .filter((c) => c.state === 'ringing' && Date.parse(c.deadline) <= now)
      .map((c) => ({ briefing: c.briefing, call: c.id }));
  }

  async stageRecord(briefing: string) {
    const facts = this.briefings.get(briefing);
    return facts && { root: facts.stage, scope: facts.scope, acts: this.#acts.get(briefing) ?? [] };
  }

  async due(): Promise<readonly { readonly briefing: string; readonly path: string }[]> {
    const now = this.#clock.now().getTime();
    return [...this.#floors.values()].flatMap(({ briefing, gathers }) =>
      gathers.flatMap(({ path, backAt }) => (backAt && Date.parse(backAt) <= now ? { briefing, path } : [])),
    );
  }

  async missed(unit: string): Promise<readonly Call[]> {
    const all = [...this.#calls.values()];
    const found = all.filter((c) => c.unit === unit && isMissed(c) && !isMadeGood(c, all));
    return found.sort((a, b) => b.ringingAt.localeCompare(a.ringingAt)).slice(0, MISSED_SHOWN);
  }

  async call(id: string): Promise<Call | undefined> {
    return this.#calls.get(id);
  }

  async calls(briefing: string): Promise<readonly Call[]> {
    return [...this.#calls.values()].filter((c) => c.briefing === briefing);
  }
}
