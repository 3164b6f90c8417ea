import { isRehearsal } from '../../protocol/briefing.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { codeOf } from '../../protocol/organisation.ts';
import type { AnsweredQuestion, OwnQuestion, QuestionRow } from '../../protocol/question.ts';
import { type QuestionFacts, stateOf } from './facts.ts';
import type { QuestionBoard } from './QuestionBoard.ts';

/** Names of units, as the tree has them today. */
export interface QuestionNames {
  name(code: string): string | undefined;
  above(path: UnitPath): string;
}

/** QU11: as its own unit reads it; of others of the same matter, only where they stand. */
export function ownQuestion(
  board: Pick<QuestionBoard, 'counts'>,
  names: QuestionNames,
  question: QuestionFacts,
): OwnQuestion {
  const counts = board.counts(question);
  const mine = stateOf(question);
  const state = mine.kind === 'withdrawn' ? mine : stateOf(counts);
  return {
    ...{ id: question.id, briefing: question.briefing, seq: Math.max(question.seq, counts.seq) },
    ...{ text: question.text, at: question.askedAt.toISOString(), state, joined: question.into !== null },
    desk: state.kind === 'sent' || state.kind === 'passed' ? nameOf(names, counts.desk) : null,
  };
}

export function questionRow(names: QuestionNames, question: QuestionFacts): QuestionRow {
  const { id, seq, unit, path, person, text, askedAt, desk, into } = question;
  const place = { name: nameOf(names, path), within: names.above(path) };
  return {
    id,
    seq,
    unit,
    path,
    ...place,
    person,
    text,
    at: askedAt.toISOString(),
    desk,
    into,
    state: stateOf(question),
  };
}

/** QU10: without who sat at the device, which is for officials. */
export function answeredQuestion(
  board: QuestionBoard,
  names: QuestionNames,
  question: QuestionFacts,
): AnsweredQuestion {
  const { id, seq, unit, path, text, air, written } = question;
  return {
    ...{ id, seq, unit, name: nameOf(names, path), within: names.above(path), text, others: board.others(question) },
    air: air ? { at: air.at.toISOString(), by: air.by } : null,
    written: written ? { at: written.at.toISOString(), by: written.by, words: written.words } : null,
  };
}

/** As a unit finds it outside of briefings. */
export const inBriefing = ({ id, title }: { readonly id: string; readonly title: string }, question: OwnQuestion) => ({
  ...{ briefing: title, rehearsal: isRehearsal(id), question },
});

const nameOf = (names: QuestionNames, path: UnitPath): string => names.name(codeOf(path)) ?? codeOf(path);
