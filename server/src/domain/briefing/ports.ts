import type { AgendaItem, Briefing, Language, ScheduleNotice } from '../../protocol/briefing.ts';
import type { Unit, UnitPath } from '../../protocol/organisation.ts';
import type { Overload } from '../nodes/capacity/briefingFit.ts';
import type { Caller } from '../organisation/Sessions.ts';

export type BriefingAct = 'open' | 'live' | 'close';

/** What is planned; without agenda, producers and in Vietnamese where nothing is said. */
export interface Plan {
  readonly title: string;
  readonly scheduledAt: string;
  readonly stage: UnitPath;
  readonly scope: readonly UnitPath[];
  readonly expected: number;
  readonly agenda?: readonly AgendaItem[];
  readonly producers?: readonly string[];
  readonly language?: Language;
}

export interface NewBriefing extends Plan {
  readonly createdBy: string;
  readonly rehearsal?: boolean;
  /** PL30 */
  readonly overload?: Overload | undefined;
}

/** The truth of briefings. */
export interface BriefingStore {
  find(id: string): Promise<Briefing | undefined>;
  /** Newest first. */
  newest(limit: number): Promise<readonly Briefing[]>;
  /** Those that are open or live. */
  running(): Promise<readonly Briefing[]>;
  create(briefing: NewBriefing): Promise<Briefing>;
  /**
   * Compare-and-set: only if the epoch is still this one, sets the state, raises the epoch and records the act.
   * `expected`, when given, becomes the frozen list of who is expected.
   * @returns undefined when somebody else was quicker
   */
  advance(change: {
    readonly id: string;
    readonly epoch: number;
    readonly act: BriefingAct;
    readonly account: string;
    readonly expected?: readonly Unit[];
    readonly overload?: Overload | undefined;
  }): Promise<Briefing | undefined>;
  /** BR7: the same for a new plan. @returns undefined when somebody else was quicker */
  change(change: {
    readonly id: string;
    readonly epoch: number;
    readonly account: string;
    readonly plan: Plan;
    readonly notice: Omit<ScheduleNotice, 'at'>;
    readonly overload?: Overload | undefined;
  }): Promise<Briefing | undefined>;
  /** BR9: closed before it was live. @returns undefined when somebody else was quicker */
  cancel(change: {
    readonly id: string;
    readonly epoch: number;
    readonly account: string;
    readonly reason: string;
  }): Promise<Briefing | undefined>;
  /** The newest overload on record of this briefing [PL30]. */
  overload(id: string): Promise<Overload | undefined>;
  /** Units that were expected when the doors opened; empty before. */
  expected(id: string): Promise<readonly { code: string; path: UnitPath }[]>;
}

/** The live room of a briefing; filled by the hall. */
export interface BriefingStage {
  /** Idempotent. Puts the floor's orders in force with it. */
  open(briefing: Briefing): Promise<void>;
  close(briefing: Briefing): Promise<void>;
}

/**
 * Makes the token with which an unmodified LiveKit client joins as a listener; the floor lifts them later. It names the
 * session: role, unit and territory are looked up when it is used.
 */
export interface JoinTokens {
  issue(room: string, who: Caller): Promise<string>;
}

/** Devices that a moderator put out stay out until the briefing ends; kept by the floor. */
export interface RemovedDevices {
  has(briefing: string, identity: string): Promise<boolean>;
}

/** What signs tokens of briefings. */
export interface StoredTokenKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** Keys that all nodes share; newest first. */
export interface TokenKeyStore {
  /** Forgets keys that are older than `keepSeconds`; takes the fresh one when the newest is older than `rotateSeconds`. */
  rotate(fresh: StoredTokenKey, rotateSeconds: number, keepSeconds: number): Promise<readonly StoredTokenKey[]>;
  all(): Promise<readonly StoredTokenKey[]>;
}
