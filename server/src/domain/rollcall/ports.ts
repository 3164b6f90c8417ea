import type { z } from 'zod';
import type { JsonText } from '../../lib/JsonText.ts';
import type { BriefingState } from '../../protocol/briefing.ts';
import type { Account, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { Answerer, EntryState, Proof, Quorum } from '../../protocol/rollcall.ts';
import type { AskedNumber, askNumberSchema } from '../../protocol/rollcallNumber.ts';
import type { OwnAnswers, RoundActs } from '../../protocol/rollcallRecords.ts';
import type { RoundMoment } from './ending.ts';
import type { EntriesDecided, EntriesMoment, EntryDecision } from './entryGroup.ts';
import type { EntryAsk, EntryRecord } from './entryRules.ts';
import type { Opening, OpeningMoment } from './opening.ts';
import type { RefusedAsk } from './Refusals.ts';
import type { RoundFacts } from './roundRules.ts';

export interface AskedUnit {
  readonly unit: UnitCode;
  readonly path: UnitPath;
}

/** A round with all that a node must know of it. */
export interface WholeRound {
  readonly round: RoundFacts;
  readonly units: readonly AskedUnit[];
  /** In the order of `seq`. */
  readonly entries: readonly EntryRecord[];
}

export interface Officer {
  readonly account: string;
  readonly name: string;
}

export interface NewRound {
  readonly briefing: string;
  readonly key: string;
  readonly question: string;
  readonly scope: readonly UnitPath[];
  readonly seconds: number;
  readonly lateSeconds: number;
  readonly repromptSeconds: number | null;
  readonly answerers: readonly Answerer[];
  readonly proof: Proof;
  readonly challenge: string | null;
  readonly quorum: Quorum | null;
  /** FG30: undefined: it asks for none. */
  readonly number?: AskedNumber | undefined;
  /** FG67: a selection by a figure that it comes from, and, unless a round is asked again, whom it names. */
  readonly selection?: string | undefined;
  readonly units?: ReadonlySet<UnitCode> | undefined;
  readonly by: Officer;
}

/** Where a round stands, in few numbers: what nodes compare. */
export interface RoundMark {
  readonly round: string;
  readonly briefing: string;
  readonly version: number;
  readonly seq: number;
  /** RC3: it is on record as due. */
  readonly due?: boolean | undefined;
}

/** A round, and the store's clock when it was read or written. */
export interface SeenRound {
  readonly round: RoundFacts;
  readonly now: Date;
}

/** What became of one ask of a group. */
export type EntryOutcome =
  | (Extract<EntryDecision, { record: unknown }> & {
      readonly receipt: JsonText<Receipt>;
      /** FG30: of the number that came with it. */
      readonly numberReceipt?: JsonText<Receipt> | undefined;
    })
  | Extract<EntryDecision, { error: unknown }>;

/**
 * Truth of the rounds. Everything that it writes is sealed on the chain of the briefing. What it is given as `decide`
 * is pure, is asked under the lock of that chain, and may be asked again when the store repeats a transaction.
 */
export interface RoundStore {
  /**
   * RC1, RC2: under the lock, answers the round of this key, or asks `decide` and writes what it says.
   * @param former round to ask again; its missing units, or all
   * @returns the round, and whether it was opened now; `closed`: the round that it asks again was closed with it
   * @throws DomainError `not-found` (no such briefing), `store-unavailable`, and what `decide` throws
   */
  open(
    wanted: NewRound,
    decide: (moment: OpeningMoment) => Opening,
    former?: { readonly round: string; readonly whom: 'all' | 'missing' },
  ): Promise<{ readonly opened: WholeRound; readonly first: boolean; readonly closed: RoundFacts | undefined }>;
  /**
   * RC4: moves both moments of a round to where `decide` says; or not, if it was done under this key.
   * @throws DomainError `not-found`, and what `decide` throws
   */
  extend(
    round: string,
    key: string,
    by: Officer,
    decide: (moment: RoundMoment) => Pick<RoundFacts, 'deadline' | 'lateUntil'>,
  ): Promise<SeenRound>;
  /**
   * RC3: records that its deadline was reached, if `decide` says so.
   * @throws DomainError `not-found`
   */
  reach(round: string, decide: (moment: RoundMoment) => boolean): Promise<SeenRound>;
  /**
   * RC3: closes a round if `decide` says so, and answers how it is then.
   * @param by null: the system
   * @throws DomainError `not-found`
   */
  close(
    round: string,
    by: (Officer & { readonly key: string }) | null,
    decide: (moment: RoundMoment) => boolean,
  ): Promise<RoundFacts>;
  /** One transaction for the whole group (DL7); answers in the order of the asks. All rounds are of this briefing. */
  enter(
    briefing: string,
    asks: readonly EntryAsk[],
    decide: (moment: EntriesMoment) => EntriesDecided,
  ): Promise<readonly EntryOutcome[]>;
  /**
   * Of a group that failed: why each of them could not be written by itself; undefined: it could. Writes nothing.
   * @throws DomainError `store-unavailable`
   */
  unwritable(asks: readonly EntryAsk[]): Promise<readonly unknown[]>;
  /** undefined: there is no such round. */
  load(round: string): Promise<WholeRound | undefined>;
  /** The round without units and entries. */
  look(round: string): Promise<SeenRound | undefined>;
  /** Entries after `seq`, in order. */
  entriesSince(round: string, seq: number): Promise<readonly EntryRecord[]>;
  /** Rounds of briefings that are open or live, whatever their own state; and the store's clock. */
  marks(): Promise<{ readonly marks: readonly RoundMark[]; readonly now: Date }>;
  /** Rounds that run on though their late time or their briefing is over. */
  overdue(): Promise<readonly string[]>;
}

/** A round as it asked one unit, and what is recorded of that. */
export interface AskedRound {
  readonly round: RoundFacts;
  readonly briefing: { readonly title: string; readonly state: BriefingState };
  readonly unit: UnitCode;
  readonly path: UnitPath;
  /** In the order of `seq`. */
  readonly records: readonly {
    readonly record: EntryRecord;
    readonly receipt: Receipt;
    readonly numberReceipt?: Receipt | undefined;
  }[];
}

/** Units that were chosen by a figure, as far as a round may ask them. */
export interface ChosenToAsk {
  /**
   * FG67: those of the own territory, and a place in which all of them lie.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `rehearsal`
   */
  asked(
    account: Account,
    selection: string,
    briefing: string,
  ): Promise<{ readonly place: UnitPath; readonly units: ReadonlySet<UnitCode> }>;
}

/** What the roll-call asks of figures. */
export interface FiguresAsked {
  /** FG60: the number as it will be asked for. @throws DomainError `bad-request` */
  numberFor(account: Account, wanted: z.output<typeof askNumberSchema>): AskedNumber;
  /** FG31: what counts of a unit in the period that it is shown, or in the round that is asked again; null: nothing. */
  last(round: Pick<RoundFacts, 'number' | 'reopens'>, unit: UnitCode): number | null;
}

/** What was done with rounds themselves, with receipts. */
export interface RoundActStore {
  /** @returns undefined when there is no such round */
  actsOf(round: string): Promise<(RoundActs & { readonly scope: readonly UnitPath[] }) | undefined>;
}

/** What is on record of single units, with receipts. */
export interface AnswerStore {
  /**
   * @returns round: undefined when there is none of that id; asked: undefined when it does not ask the unit; over:
   * nothing more is recorded in it than `asked` has
   */
  one(
    round: string,
    unit: UnitCode,
  ): Promise<{
    readonly now: Date;
    readonly round: RoundFacts | undefined;
    readonly over: boolean;
    readonly asked: AskedRound | undefined;
  }>;
  /** Rounds that asked the unit, newest first. @param before those that were opened before this one */
  ofUnit(
    unit: UnitCode,
    before: string | undefined,
    limit: number,
  ): Promise<{ readonly now: Date; readonly rounds: readonly AskedRound[] }>;
}

/** RC22: refused answers, a few of each unit. */
export interface RefusalStore {
  /** One transaction. Those of a round that there is not leave nothing. */
  keep(refused: readonly RefusedAsk[]): Promise<void>;
  /** Newest first. @param round undefined: of all */
  of(unit: UnitCode, round: string | undefined, limit: number): Promise<OwnAnswers['refused']>;
}

/** State -> number of units. */
export type StateCounts = Readonly<Record<EntryState, number>>;

/**
 * Wakes somebody when a round is due, and when it is to be closed; and when those who are missing are asked again. May
 * be lost, early or twice.
 */
export interface RoundAlarm {
  moves(round: RoundFacts, now: Date): void;
  reprompt(round: RoundFacts, nr: number, inMs: number): void;
}

/** RC8: answers that have come in and are not recorded yet, at any node. */
export interface EntryArrivals {
  /** Whether one of these acts on a round came before that moment. */
  holds(acts: ReadonlySet<string>, round: string, before: Date): Promise<boolean> | boolean;
  /** Resolves when those that are being done now are over. */
  done(acts: ReadonlySet<string>, round: string): Promise<void>;
}
