import { codeOf, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import {
  type Entry,
  type EntryState,
  entryStateSchema,
  type RoundState,
  type RoundTick,
} from '../../protocol/rollcall.ts';
import { type Counts, CountTree } from '../organisation/CountTree.ts';
import { inPathOrder, inTerritory } from '../organisation/pathOrder.ts';
import { liesIn } from '../shared/territory.ts';
import {
  countedNumber,
  type EntryAsk,
  type EntryRecord,
  entryState,
  isOwn,
  NOTHING,
  type UnitFacts,
  withRecord,
} from './entryRules.ts';
import { MOST_GUESSES } from './limits.ts';
import { NO_NUMBER, type NumberPart, NumberSums, numberPart } from './number/NumberSums.ts';
import type { AskedUnit, WholeRound } from './ports.ts';
import { satisfies } from './quorum.ts';
import { asOfficialSees, asSeatSees, type RoundFacts, stateAt } from './roundRules.ts';
import { toEntry } from './told.ts';

interface BoardUnit extends AskedUnit {
  facts: UnitFacts;
  state: EntryState;
  number: NumberPart;
  /** Of its last record; 0: none. */
  seq: number;
  /** Digits that it has sent, and that are not those on the stage. */
  guesses?: Set<string>;
}

type Quorum = NonNullable<RoundTick['quorum']>;

/** One round as a node knows it: every unit with its entry, and the sums. */
export class RoundBoard {
  readonly #units = new Map<UnitCode, BoardUnit>();
  readonly #missing = new Set<UnitCode>();
  readonly #tree: CountTree<EntryState>;
  /** FG32; undefined: the round asks for no number. */
  readonly sums: NumberSums | undefined;
  /** In path order; made when it is first asked for, since prompts do not wait for it. */
  #order: readonly BoardUnit[] | undefined;
  /** By `seq`: whose record it is. */
  readonly #trace: (BoardUnit | undefined)[] = [];
  #round: RoundFacts;
  #state: RoundState;
  #seq = 0;
  /** Numbers after `seq + 1` that came before it. */
  readonly #ahead = new Set<number>();
  /** How often those who are missing were asked again (DL4). */
  reprompts = 0;

  constructor({ round, units, entries }: WholeRound, now: Date) {
    this.#round = round;
    this.#state = stateAt(round, now);
    const initial: EntryState = this.#state === 'open' ? 'called' : 'absent';
    this.#tree = new CountTree(
      entryStateSchema.options,
      units.map((unit) => unit.path),
      initial,
    );
    this.sums = round.number && new NumberSums(units.map((unit) => unit.path));
    for (const { unit, path } of units) {
      this.#units.set(unit, { unit, path, facts: NOTHING, state: initial, number: NO_NUMBER, seq: 0 });
      this.#missing.add(unit);
    }
    this.apply(entries);
    this.#tree.takeChangedAbove(new Set());
    this.sums?.takeChanged(new Set());
  }

  get round(): RoundFacts {
    return this.#round;
  }

  get state(): RoundState {
    return this.#state;
  }

  /** The number up to which every entry is known here. */
  get seq(): number {
    return this.#seq;
  }

  /** By unit. */
  get asked(): Pick<ReadonlyMap<UnitCode, unknown>, 'size' | 'has' | 'keys'> {
    return this.#units;
  }

  /** Units that are still asked. */
  get missing(): ReadonlySet<UnitCode> {
    return this.#missing;
  }

  asks(unit: UnitCode): boolean {
    return this.#units.has(unit);
  }

  pathOf(unit: UnitCode): UnitPath | undefined {
    return this.#units.get(unit)?.path;
  }

  /** Whether a unit of the territory is asked. */
  reaches(territory: UnitPath): boolean {
    return (this.#tree.count(territory)?.expected ?? 0) > 0;
  }

  /**
   * RC11: counts wrong digits; the same ones again, which a device that was not acknowledged repeats, are no new guess.
   * @returns false: the unit has guessed too often, also when these are the right ones
   */
  mayProve({ unit: code, kind, key, challenge }: Pick<EntryAsk, 'unit' | 'kind' | 'key' | 'challenge'>): boolean {
    const unit = this.#units.get(code);
    if (!unit || this.#round.proof !== 'challenge' || challenge === null || this.#state !== 'open') return true;
    // Who has answered gets a receipt, whatever they send (RC9), and so does who repeats a correction.
    if (unit.facts.some((one) => one.key === key || (kind === 'answer' && isOwn(one)))) return true;
    unit.guesses ??= new Set();
    if (unit.guesses.size >= MOST_GUESSES) return false;
    if (challenge !== this.#round.challenge) unit.guesses.add(challenge);
    return true;
  }

  forOfficials() {
    return asOfficialSees(this.#round, this.#state);
  }

  forSeats() {
    return asSeatSees(this.#round, this.#state);
  }

  /** Takes a newer version, or the same at a later moment. @returns whether anybody has to be told */
  update(round: RoundFacts, now: Date): boolean {
    if (round.version < this.#round.version) return false;
    const newer = round.version > this.#round.version;
    // RC3: what is on record as due stays so until it is extended, also for who has read it before that.
    this.#round = newer || round.dueAt || !this.#round.dueAt ? round : { ...round, dueAt: this.#round.dueAt };
    const state = stateAt(this.#round, now);
    // The clock of another node may be behind, but what is closed stays so.
    const moved = state !== this.#state && (newer || this.#state === 'open' || state === 'closed');
    if (moved) {
      this.#state = state;
      for (const unit of this.#units.values()) this.#recount(unit);
    }
    return newer || moved;
  }

  /** Takes records in any order, twice or not. @returns those that were new here */
  apply(records: readonly EntryRecord[]): EntryRecord[] {
    // Two asks of one group may be answered with the same record.
    const fresh = records.filter(({ seq }) => {
      const isNew = seq > this.#seq && !this.#ahead.has(seq);
      if (isNew) this.#ahead.add(seq);
      return isNew;
    });
    for (const record of fresh) {
      const unit = this.#units.get(record.unit);
      if (!unit) continue;
      unit.facts = withRecord(unit.facts, record);
      unit.seq = Math.max(unit.seq, record.seq);
      this.#trace[record.seq] = unit;
      this.#recount(unit);
    }
    while (this.#ahead.delete(this.#seq + 1)) this.#seq += 1;
    return fresh;
  }

  entry(unit: UnitCode): Entry | undefined {
    const found = this.#units.get(unit);
    return found && this.entryOf(found);
  }

  /** Units of a territory in path order, with their states. */
  unitsIn(territory: UnitPath): readonly Readonly<BoardUnit>[] {
    this.#order ??= inPathOrder(this.#units.values());
    return inTerritory(this.#order, territory);
  }

  /** Those of a territory that have a record after `seq`, in path order: as many steps as there are such records. */
  changedIn(territory: UnitPath, seq: number): readonly Readonly<BoardUnit>[] {
    const changed = new Set<BoardUnit>();
    for (let at = seq + 1; at < this.#trace.length; at++) {
      const unit = this.#trace[at];
      if (unit) changed.add(unit);
    }
    return inTerritory(inPathOrder(changed), territory);
  }

  /** Row of a territory and all above the asked units. */
  counts(territory: UnitPath): Counts<EntryState>[] {
    return this.#tree.rowsAbove(territory);
  }

  /** Rows that changed since the last call, by watched territory. */
  takeChanged(watched: ReadonlySet<UnitPath>): Map<UnitPath, Counts<EntryState>[]> {
    return this.#tree.takeChangedAbove(watched);
  }

  /** RC14, as far as it lies in the territory; undefined: the round has no such rule, or none of its units is there. */
  quorum(territory: UnitPath): Quorum | undefined {
    const { quorum } = this.#round;
    const roots = new Set([territory]);
    const units = quorum?.units.filter((path) => liesIn(path, roots)) ?? [];
    if (quorum === null || units.length === 0) return undefined;
    const missing = units.filter((path) => !satisfies(this.#tree.count(path), quorum.percent, this.#round.proof));
    return { satisfied: missing.length === 0, missing: missing.map(codeOf) };
  }

  entryOf({ unit, path, facts }: Readonly<BoardUnit>): Entry {
    return toEntry({ round: this.#round.id, unit, path }, facts, this.#round.proof, this.#state);
  }

  #recount(unit: BoardUnit): void {
    const state = entryState(unit.facts, this.#round.proof, this.#state);
    if (this.sums) {
      const before = unit.number;
      unit.number = numberPart(countedNumber(unit.facts, this.#round.proof), state === 'late');
      this.sums.change(unit.path, before, unit.number);
    }
    if (state === unit.state) return;
    this.#tree.add(unit.path, { [unit.state]: -1, [state]: 1 });
    unit.state = state;
    if (state === 'called' || state === 'absent') this.#missing.add(unit.unit);
    else this.#missing.delete(unit.unit);
  }
}
