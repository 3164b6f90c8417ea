import type { Briefing } from '../../protocol/briefing.ts';
import type { Unit, UnitPath } from '../../protocol/organisation.ts';

export type BriefingAct = 'open' | 'live' | 'close';

export interface NewBriefing {
  readonly title: string;
  readonly scheduledAt: string;
  readonly stage: UnitPath;
  readonly scope: readonly UnitPath[];
  readonly expected: number;
  readonly createdBy: string;
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
  }): Promise<Briefing | undefined>;
  /** Units that were expected when the doors opened; empty before. */
  expected(id: string): Promise<readonly { code: string; path: UnitPath }[]>;
}

/** The live room of a briefing; filled by the hall. */
export interface BriefingStage {
  /** Idempotent. Puts the floor's orders in force with it. */
  open(briefing: Briefing): Promise<void>;
  close(briefing: Briefing): Promise<void>;
}

/** Makes the token with which an unmodified LiveKit client joins as a listener; the floor lifts them later. */
export interface JoinTokens {
  issue(who: {
    readonly room: string;
    readonly identity: string;
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }): Promise<string>;
}

/** Devices that a moderator put out stay out until the briefing ends; kept by the floor. */
export interface RemovedDevices {
  has(briefing: string, identity: string): Promise<boolean>;
}
