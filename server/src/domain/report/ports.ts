import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { AskReport, Report } from '../../protocol/report.ts';
import type { StageChange, StageRecord } from '../floor/stagesShown.ts';

/** A report as it was asked for. */
export interface ReportOrder extends AskReport {
  readonly id: string;
  /** What lies in it is in the report. */
  readonly territory: UnitPath;
  readonly fileName: string;
}

export interface NewReport extends AskReport {
  readonly account: string;
  readonly territory: UnitPath;
  readonly fileName: string;
}

export interface StoredReport {
  readonly order: ReportOrder;
  readonly report: Report;
  /** Bytes of the file; null until it is ready. */
  readonly size: number | null;
}

/** One try to make a report. Whoever holds an older one of the same report writes nothing any more. */
export interface ReportClaim {
  readonly order: ReportOrder;
  readonly attempt: number;
}

/** RP2 to RP4. */
export interface ReportStore {
  /**
   * A new one, unless `decide` finds it among those of the account that wait or run. `decide` is pure, and is asked
   * while nobody else orders for that account. @throws what `decide` throws
   */
  create(
    wanted: NewReport,
    decide: <O extends { readonly same: boolean }>(open: readonly O[]) => O | undefined,
  ): Promise<Report>;
  /** undefined: there is none, or no longer. */
  find(id: string): Promise<StoredReport | undefined>;
  /** The oldest that waits, or whose maker was not heard of for a while; undefined: nothing is to be made. */
  claim(): Promise<ReportClaim | undefined>;
  /** Says that it goes on, and how far. @returns false: somebody else makes it now */
  progress(claim: ReportClaim, rows: number, total: number): Promise<boolean>;
  /** @param nr from 0 */
  addPart(claim: ReportClaim, nr: number, bytes: Buffer): Promise<void>;
  /** All parts are there: from now on it can be read. */
  finish(claim: ReportClaim, rows: number): Promise<void>;
  fail(claim: ReportClaim, message: string): Promise<void>;
  /** Gives it back, for another to make. */
  release(claim: ReportClaim): Promise<void>;
  /** Of a report that is ready; undefined after the last. */
  part(id: string, nr: number): Promise<Buffer | undefined>;
  /** Deletes those whose time is over, and gives those up that cannot be made. */
  sweep(): Promise<void>;
}

/** What of a briefing, or one directive, reaches a territory, and in how many rows. */
export interface ReportIndex {
  /** Rounds in the order of their numbers. */
  rounds(briefing: string, territory: UnitPath): Promise<readonly Piece[]>;
  /** Directives in the order of their issue. */
  directives(
    about: { readonly briefing: string } | { readonly directive: string },
    territory: UnitPath,
  ): Promise<readonly Piece[]>;
}

export interface Piece {
  readonly id: string;
  readonly rows: number;
  /** When a round was opened, a directive issued. */
  readonly at: Date;
  /** Whom a round asks; by which unit a directive was issued. */
  readonly paths: readonly UnitPath[];
}

/** An act of the floor, and whose it was; undefined: the system's, or of a unit that is no more. */
export interface SessionAct extends StageChange {
  readonly by: { readonly account: string; readonly unit: UnitCode; readonly path: UnitPath } | undefined;
}

/** TR18: what the record of a briefing says of the sessions in it. */
export interface SessionRecord extends StageRecord {
  readonly acts: readonly SessionAct[];
  readonly closedAt: string | null;
  /** When it was read, by the clock of the record. */
  readonly now: string;
}

export interface SessionRecords {
  /** undefined: there is no such briefing. */
  find(briefing: string): Promise<SessionRecord | undefined>;
}
