import type { Outcome } from '../../lib/GroupCommit.ts';
import type {
  Attachment,
  Directive,
  DirectiveItem,
  DirectiveStates,
  Follow,
  Followed,
  FollowState,
  Reminder,
  ReminderMoment,
} from '../../protocol/directive.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { Addressing } from './addressing.ts';
import type { FollowActName } from './follow.ts';
import type { FollowsDecided, FollowsMoment } from './followGroup.ts';
import type { IssueMoment, Issuing } from './issuing.ts';

/** Whose name stands under an act. */
export interface Signer {
  readonly account: string;
  readonly name: string;
}

export interface Addressee {
  readonly unit: UnitCode;
  readonly path: UnitPath;
  readonly name: string;
  readonly absentee: boolean;
}

/** A directive as it is to be issued; number and time are the store's. */
export interface Draft {
  readonly key: string;
  readonly issuer: { readonly unit: UnitCode; readonly path: UnitPath; readonly name: string };
  readonly by: Signer;
  readonly title: string;
  readonly text: string;
  readonly attachments: readonly Pick<Attachment, 'sha256' | 'name'>[];
  readonly addressing: Addressing;
  /** In the order of their paths as text. */
  readonly addressees: readonly Addressee[];
  readonly deadline: string | null;
  readonly briefing: string | null;
  readonly supersedes: string | null;
}

/** One act for one addressee, on its way into the record. */
export interface FollowAsk {
  readonly key: string;
  readonly directive: string;
  readonly unit: UnitCode;
  readonly act: FollowActName;
  readonly by: Signer;
  readonly name: string | null;
  readonly words: string | null;
  readonly promised: string | null;
}

export interface ListQuery {
  readonly open: boolean;
  readonly briefing: string | undefined;
  readonly limit: number;
}

export interface FollowQuery {
  readonly root: UnitPath;
  readonly state: FollowState | undefined;
  readonly timing: Follow['timing'] | undefined;
  /** Path after which the page begins. */
  readonly after: UnitPath | undefined;
  readonly limit: number;
}

/** Addressees in one territory that are alike. */
export interface CountGroup {
  /** The top of the territory. */
  readonly path: UnitPath;
  readonly state: FollowState;
  readonly timing: Follow['timing'];
  readonly addressees: number;
  readonly absentees: number;
}

export interface Counted {
  /** The store's clock, by which timing was decided. */
  readonly at: string;
  readonly groups: readonly CountGroup[];
}

export interface PastAct {
  readonly act: string;
  readonly at: string;
  readonly by: string | null;
  readonly words: string | null;
  /** When it was sent again, after a restore had lost it (RS3). */
  readonly resubmittedAt?: string;
  readonly receipt: Receipt;
}

/** How far a directive has come as a whole. */
export type DirectiveMark = Pick<Directive, 'id' | 'state'>;

/**
 * The truth of directives. What it is given as `decide` is pure, is asked under the locks, and may be asked again in
 * another transaction.
 */
export interface DirectiveStore {
  /**
   * DR1, DR2, DR18: one transaction. @returns the first directive of this key, and whether that was recorded now
   * @throws DomainError `not-found`, `store-unavailable`, and what `decide` throws
   */
  issue(
    draft: Draft,
    decide: (moment: IssueMoment) => Issuing,
  ): Promise<{ readonly directive: Directive; readonly first: boolean }>;
  find(id: string): Promise<Directive | undefined>;
  /** What was issued or ended within the last minute, by the store's clock. */
  recent(): Promise<readonly DirectiveMark[]>;
  /** The chain on which everything about a directive is recorded; it never changes. */
  chainOf(id: string): Promise<string | undefined>;
  inbox(unit: UnitCode, query: ListQuery): Promise<readonly DirectiveItem[]>;
  issued(territory: UnitPath, query: ListQuery): Promise<readonly Directive[]>;
  /** DR33: given by units above the territory to units in it; `open` asks of those in it. */
  fromAbove(territory: UnitPath, query: ListQuery): Promise<readonly Directive[]>;
  follow(directive: string, unit: UnitCode): Promise<Follow | undefined>;
  follows(pairs: readonly { readonly directive: string; readonly unit: UnitCode }[]): Promise<readonly Follow[]>;
  /** Whether an addressee lies in the territory. */
  reaches(directive: string, territory: UnitPath): Promise<boolean>;
  /** Which of these units, or of all, are addressees. */
  among(directive: string, units: readonly UnitCode[] | 'all'): Promise<readonly UnitCode[]>;
  /**
   * AK1, AK2: a group of acts on one chain in one transaction, answered in their order.
   * @throws DomainError `store-unavailable`
   */
  record(
    chain: string,
    asks: readonly FollowAsk[],
    decide: (moment: FollowsMoment) => FollowsDecided,
  ): Promise<readonly Outcome<Followed>[]>;
  /**
   * Of a group that failed: why each of them could not be written by itself; undefined: it could. Writes nothing.
   * @throws DomainError `store-unavailable`
   */
  unwritable(asks: readonly FollowAsk[]): Promise<readonly unknown[]>;
  /**
   * DR17.
   * @param decide whether it is recorded, when that directive has ended so or not
   * @throws DomainError `not-found`, and what `decide` throws
   */
  recall(
    ask: { readonly directive: string; readonly key: string; readonly why: string; readonly by: Signer },
    decide: (end: { readonly key: string } | undefined) => boolean,
  ): Promise<{
    readonly directive: Directive;
    readonly first: boolean;
  }>;
  /** Of the root itself and of each of its children, those that have addressees. */
  parts(directive: string, root: UnitPath): Promise<Counted>;
  /** Of these territories with all that lies in them, those that have addressees. */
  counts(directive: string, territories: readonly UnitPath[]): Promise<Counted>;
  /** FG68: in path order. */
  states(directive: string, root: UnitPath): Promise<DirectiveStates>;
  page(
    directive: string,
    query: FollowQuery,
  ): Promise<{ readonly follows: readonly Follow[]; readonly total: number; readonly next: UnitPath | null }>;
  /** AK11, oldest first. */
  history(directive: string, unit: UnitCode): Promise<readonly PastAct[]>;
}

export interface ReminderStore {
  /** Moments that are due by the store's clock and not looked after yet. */
  due(): Promise<readonly { readonly directive: string; readonly moment: ReminderMoment }[]>;
  /**
   * DR27, DR28: looks after the due moments of a directive.
   * @returns what was reminded of now, undefined when there was nobody, or it is not time
   */
  remind(directive: string): Promise<{ readonly reminder: Reminder; readonly units: number } | undefined>;
  /** Which of these units were reminded at that moment. */
  reminded(directive: string, moment: ReminderMoment, units: readonly UnitCode[]): Promise<readonly UnitCode[]>;
  /** Moments of a directive that are still to come, with the milliseconds until then. */
  coming(directive: string): Promise<readonly { readonly moment: ReminderMoment; readonly inMs: number }[]>;
}

export interface StoredFile {
  readonly type: string;
  readonly size: number;
  /** Read as they are taken. */
  readonly bytes: AsyncIterable<Buffer>;
}

export interface AttachmentStore {
  /** Keeps the bytes once. @returns the type under which they are kept */
  keep(file: { sha256: string; type: string; bytes: Buffer; by: string }): Promise<string>;
  /** Bytes of the account's uploads that no directive has. */
  unusedBytes(account: string): Promise<number>;
  /** Of these, what the account has uploaded itself. */
  uploadedBy(account: string, sha256s: readonly string[]): Promise<ReadonlySet<string>>;
  /** Directives that have it, newest first, with the name that each gives it. */
  holders(sha256: string): Promise<readonly { readonly directive: string; readonly name: string }[]>;
  load(sha256: string): Promise<StoredFile | undefined>;
  /** DR25. @returns how many were deleted */
  sweep(): Promise<number>;
}

/** Who has a device in a briefing right now, on any node. */
export interface PresentUnits {
  present(briefing: string): Promise<(unit: UnitCode) => boolean>;
}

/** Units that have a device on this node. */
export type UnitsHere = Pick<ReadonlySet<UnitCode>, 'size' | 'has'> & { keys(): Iterable<UnitCode> };
