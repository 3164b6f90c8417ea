import type { AnsweredQuestion, Notice, OwnQuestion } from '../contract.ts';

/** What the server told of questions. */
export interface Questions {
  /** Of the device's own unit, in the order of asking. */
  readonly own: readonly OwnQuestion[];
  /** How many of the briefing are answered. */
  readonly answered: number;
  /** Those that were answered since this page is here, the newest state of each. */
  readonly told: readonly AnsweredQuestion[];
  /** For officials. */
  readonly tick: Notice<'question.tick'> | undefined;
}
export const noQuestions: Questions = { own: [], answered: 0, told: [], tick: undefined };

/** An older state than the known one changes nothing. */
export function withOwn(own: readonly OwnQuestion[], question: OwnQuestion): readonly OwnQuestion[] {
  const at = own.findIndex(({ id }) => id === question.id);
  if (at < 0) return [...own, question];
  return (own[at]?.seq ?? 0) > question.seq ? own : own.with(at, question);
}

/** In the order of the first answer. */
export function withAnswered(
  known: readonly AnsweredQuestion[],
  questions: readonly AnsweredQuestion[],
): readonly AnsweredQuestion[] {
  const byId = new Map(known.map((one) => [one.id, one]));
  for (const one of questions) if ((byId.get(one.id)?.seq ?? -1) <= one.seq) byId.set(one.id, one);
  return [...byId.values()];
}
