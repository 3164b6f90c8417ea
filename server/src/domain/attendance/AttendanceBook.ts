import { refuse } from '../../protocol/errors.ts';
import { intervalsOf } from './intervals.ts';
import type { AttendanceStore, ExpectedUnit, MeasuredRow, RoundAnswers, StoredFrame, UnitSpells } from './ports.ts';
import { type AttendanceRule, type Frame, type MeasuredFacts, summarise, withinFrame } from './summarise.ts';

/** Units that are read and measured in one go; in between the node does other things. */
const AT_ONCE = 500;

export type FrameNow = Frame & Pick<StoredFrame, 'pending' | 'sheet'>;

export interface BookParts {
  readonly store: AttendanceStore;
  readonly answers: RoundAnswers;
  readonly names: { name(code: string): string | undefined };
  /** For a briefing that has none of its own. */
  readonly rule: AttendanceRule;
  /** AT6: a gap of at most this is a reconnect. */
  readonly gapMs: number;
}

/** Measures from the events, or reads the sheet when there is one. */
export class AttendanceBook {
  readonly gapMs: number;
  readonly #o: BookParts;

  constructor(parts: BookParts) {
    this.#o = parts;
    this.gapMs = parts.gapMs;
  }

  /** @throws DomainError `not-found` */
  async frame(briefing: string): Promise<FrameNow> {
    const frame = await this.#o.store.frame(briefing);
    if (!frame) throw refuse('not-found', 'there is no such briefing');
    return { ...frame, rule: frame.rule ?? this.#o.rule };
  }

  /** What was measured of the expected units below the root (a path), in path order, some hundreds at a time. */
  async *rows(briefing: string, frame: FrameNow, root: string): AsyncGenerator<readonly MeasuredRow[]> {
    if (!frame.sheet) {
      const units = await this.#o.store.expected(briefing, root);
      for (let i = 0; i < units.length; i += AT_ONCE) yield this.#measure(briefing, frame, units.slice(i, i + AT_ONCE));
      return;
    }
    for (let after: string | undefined; ; ) {
      const rows = await this.#o.store.sheetRows(briefing, root, after, AT_ONCE);
      if (rows.length > 0) yield rows;
      if (rows.length < AT_ONCE) return;
      after = rows.at(-1)?.path;
    }
  }

  /** When these units were there, some hundreds at a time. */
  async *spells(briefing: string, frame: Frame, units: readonly ExpectedUnit[]): AsyncGenerator<readonly UnitSpells[]> {
    for (let i = 0; i < units.length; i += AT_ONCE) {
      const some = units.slice(i, i + AT_ONCE);
      const codes = some.map(({ unit }) => unit);
      const facts = new Map((await this.#o.store.facts(briefing, codes)).map((fact) => [fact.unit, fact]));
      yield some.map((unit) => {
        const { events } = facts.get(unit.unit) ?? nothing(unit.unit);
        const spells = withinFrame(intervalsOf(events, frame.boots), frame, this.gapMs);
        return { ...unit, name: this.#name(unit.unit), spells };
      });
    }
  }

  /** One unit as it was measured, with what that comes from. @throws DomainError `not-found` when it is not expected */
  async unit(briefing: string, frame: FrameNow, unit: string): Promise<{ row: MeasuredRow; facts: MeasuredFacts }> {
    const expected = await this.expected(briefing, unit);
    const [facts = nothing(unit)] = await this.#facts(briefing, [unit]);
    if (frame.sheet) {
      const [row] = await this.#o.store.sheetRows(briefing, expected.path, undefined, 1);
      if (row) return { row, facts };
    }
    return { row: this.#row(expected, facts, frame), facts };
  }

  /** @throws DomainError `not-found` */
  async expected(briefing: string, unit: string): Promise<ExpectedUnit> {
    const expected = await this.#o.store.expectedUnit(briefing, unit);
    if (!expected) throw refuse('not-found', 'this unit is not expected in the briefing');
    return expected;
  }

  async #measure(briefing: string, frame: Frame, units: readonly ExpectedUnit[]): Promise<readonly MeasuredRow[]> {
    const facts = await this.#facts(
      briefing,
      units.map(({ unit }) => unit),
    );
    const byUnit = new Map(facts.map((f) => [f.unit, f]));
    return units.map((unit) => this.#row(unit, byUnit.get(unit.unit) ?? nothing(unit.unit), frame));
  }

  async #facts(briefing: string, units: readonly string[]): Promise<readonly MeasuredFacts[]> {
    const answers = await this.#o.answers.ofLastRounds(briefing, units);
    const facts = await this.#o.store.facts(briefing, units);
    return facts.map((f) => ({ ...f, answer: answers.get(f.unit) }));
  }

  #row(unit: ExpectedUnit, facts: MeasuredFacts, frame: Frame): MeasuredRow {
    return { ...unit, name: this.#name(unit.unit), ...summarise(facts, frame, this.gapMs) };
  }

  readonly #name = (code: string): string => this.#o.names.name(code) ?? code;
}

const nothing = (unit: string): MeasuredFacts => ({ unit, events: [], weak: new Map(), answer: undefined });
