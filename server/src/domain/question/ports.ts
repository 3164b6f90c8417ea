import type { JsonText } from '../../lib/JsonText.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { QuestionAsked } from '../../protocol/question.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { QuestionAsk, QuestionMoment, QuestionsDecided } from './decide.ts';
import type { QuestionAct, QuestionFacts } from './facts.ts';

/** How far the questions of a briefing have come. */
export interface QuestionMark {
  readonly briefing: string;
  readonly seq: number;
}

export interface AskedIn {
  readonly id: string;
  readonly title: string;
  readonly acts: readonly QuestionAct[];
}

/** What became of one request. Of a unit's own there is a receipt. */
export type QuestionOutcome =
  | {
      readonly acts: readonly QuestionAct[];
      readonly after: readonly QuestionFacts[];
      readonly first: boolean;
      readonly receipt: JsonText<Receipt> | undefined;
    }
  | { readonly error: unknown };

export interface QuestionStore {
  /**
   * QU13: one transaction. @returns in the order of the asks
   * @throws DomainError `not-found`, `store-unavailable`
   */
  record(
    briefing: string,
    asks: readonly QuestionAsk[],
    decide: (moment: QuestionMoment) => QuestionsDecided,
  ): Promise<readonly QuestionOutcome[]>;
  /** Acts of a briefing after that number, in their order. */
  since(briefing: string, seq: number): Promise<readonly QuestionAct[]>;
  /** Of the briefings that run, and have questions. */
  marks(): Promise<readonly QuestionMark[]>;
  /**
   * QU11: briefings in which the unit asked, newest first, each with the acts on its questions and on those with which they
   * were joined, in their order.
   */
  askedBy(unit: UnitCode, limit: number): Promise<readonly AskedIn[]>;
  /** What a unit did under that key. */
  underKey(
    briefing: string,
    unit: UnitCode,
    key: string,
  ): Promise<{
    readonly over: boolean;
    readonly done: (Pick<QuestionAsked, 'receipt'> & { readonly question: string }) | undefined;
  }>;
}

/** For slices that read what was asked: minutes and summaries. */
export interface AskedQuestion {
  readonly facts: QuestionFacts;
  /** The question whose answer counts: itself, or that with which it was joined. */
  readonly counts: QuestionFacts;
  /** How many more of the same matter. */
  readonly others: number;
}
export interface QuestionReader {
  /** Every question of a briefing that its unit did not take back, in the order of asking. @param territory left out: all */
  questionsOf(briefing: string, territory?: UnitPath): Promise<readonly AskedQuestion[]>;
}
