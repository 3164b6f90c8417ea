import type { AttendanceVerdict } from '../../protocol/attendance.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { RecordedCorrection } from './corrections.ts';
import type { NewEvent, WeakMinute } from './events.ts';
import type { Interval } from './intervals.ts';
import type { AttendanceRule, Frame, Measured, MeasuredFacts, RoundAnswer } from './summarise.ts';

/** Where the recorder writes. */
export interface AttendanceLog {
  /**
   * In one transaction: everything that the boot saw, and that it was alive. Repeating it changes nothing. What comes
   * after the sheet of its briefing is not taken in (AT11).
   * @throws DomainError `store-unavailable`
   */
  record(boot: BootSign, events: readonly NewEvent[], weak: readonly WeakMinute[]): Promise<void>;
  /** A boot that is on record was alive, and there is nothing else to write. @throws DomainError `store-unavailable` */
  alive(boot: BootSign): Promise<void>;
}

/** AT3. `endedAt`: it says good-bye. */
export interface BootSign {
  readonly boot: string;
  readonly node: string;
  readonly startedAt: number;
  readonly aliveAt: number;
  readonly endedAt: number | null;
  /** AT15: number of the step of PostgreSQL's clock after which these moments were read. */
  readonly clock: number;
}

/** AT15: time as the recorder counts it, ms. */
export interface SteadyTime {
  /** PostgreSQL's clock after the step `steps`. */
  now(): number;
  /** The same as it went when the doors of that briefing opened. */
  nowIn(briefing: string): number;
  /** Monotonic. */
  elapsed(): number;
  readonly steps: number;
}

export interface ExpectedUnit {
  readonly unit: string;
  readonly path: string;
}

/** When an expected unit was there, in order of time, merged over its devices and lines (AT6). */
export interface UnitSpells extends ExpectedUnit {
  readonly name: string;
  readonly spells: readonly Interval[];
}

/** One row of the sheet, and of a page before there is one. */
export interface MeasuredRow extends Measured, ExpectedUnit {
  readonly name: string;
}

export interface Correction {
  readonly unit: string;
  readonly verdict: AttendanceVerdict;
  readonly reason: string;
  /** Name of the official. */
  readonly by: string;
  readonly at: string;
}

export interface NewCorrection {
  readonly key: string;
  readonly briefing: string;
  readonly unit: string;
  readonly verdict: AttendanceVerdict;
  readonly reason: string;
  readonly account: string;
  readonly by: string;
}

/** The sheet of a briefing that is over. */
export interface Sheet {
  readonly liveSeconds: number;
  readonly units: number;
  readonly at: string;
}

export interface StoredFrame extends Omit<Frame, 'rule'> {
  /** undefined: none was frozen. */
  readonly rule: AttendanceRule | undefined;
  /** Boots that have not written until the end of the briefing and are not over. */
  readonly pending: number;
  readonly sheet: Sheet | undefined;
}

export interface AttendanceStore {
  /** Freezes the rule of open and live briefings that have none yet. */
  freezeRules(rule: AttendanceRule): Promise<void>;
  /** undefined: there is no such briefing. */
  frame(briefing: string): Promise<StoredFrame | undefined>;
  /** Units that were expected, below the root (a path; empty: all), in path order. */
  expected(briefing: string, root: string): Promise<readonly ExpectedUnit[]>;
  expectedUnit(briefing: string, unit: string): Promise<ExpectedUnit | undefined>;
  /** What is on record of these units, in their order; those that were never seen are among them. */
  facts(briefing: string, units: readonly string[]): Promise<readonly Omit<MeasuredFacts, 'answer'>[]>;
  /** Rows of the sheet below the root in path order, after this path. */
  sheetRows(briefing: string, root: string, after: string | undefined, limit: number): Promise<readonly MeasuredRow[]>;
  /** The newest of each unit. */
  corrections(briefing: string, units?: readonly string[]): Promise<readonly Correction[]>;
  correctionsOf(briefing: string, unit: string): Promise<readonly (Correction & { readonly receipt: Receipt })[]>;
  /**
   * Sealed, if `decide` says so of what was recorded under the same key before; else answers the receipt of that.
   * `decide` is pure and is asked under the lock of the chain. @throws what `decide` throws
   */
  correct(correction: NewCorrection, decide: (first: RecordedCorrection | undefined) => boolean): Promise<Receipt>;
  /** Sealed with the timeline that it was measured from, once: false when there is a sheet already. */
  seal(briefing: string, rule: AttendanceRule, liveSeconds: number, rows: readonly MeasuredRow[]): Promise<boolean>;
  /** Seals the timelines of sheets that were made before timelines were sealed with them. */
  sealOlderTimelines(): Promise<void>;
  /** Briefings that are over and have a rule and no sheet. */
  unsealed(): Promise<readonly string[]>;
}

/** How the units stand in the last round that asked each; filled by the roll-call. */
export interface RoundAnswers {
  ofLastRounds(briefing: string, units: readonly string[]): Promise<ReadonlyMap<string, RoundAnswer>>;
}
