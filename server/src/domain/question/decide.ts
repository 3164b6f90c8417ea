import type { BriefingState } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';
import type { AskQuestion, Decision } from '../../protocol/question.ts';
import { at, demand, may } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import { afterAct, deskOver, isAnswered, isOpen, type QuestionAct, type QuestionFacts } from './facts.ts';
import { MOST_ASKED, MOST_UNIT_ACTS, OFFICE_DAYS } from './limits.ts';

/** Who asks or decides, and from where. */
export interface QuestionActor {
  readonly account: Account;
  readonly identity: string;
  readonly address: string;
  readonly person: Person | null;
}

/** What one request wants. */
export type QuestionAsk = { readonly by: QuestionActor; readonly key: string } & (
  | ({ readonly act: 'ask' } & Pick<AskQuestion, 'text' | 'changes'>)
  | { readonly act: 'withdraw'; readonly question: string }
  | { readonly act: 'decide'; readonly questions: readonly string[]; readonly decision: Decision }
);

/** What is known, under the lock of the briefing's chain, when a group of requests is decided. */
export interface QuestionMoment {
  readonly now: Date;
  readonly briefing: {
    readonly id: string;
    readonly state: BriefingState;
    readonly stage: UnitPath;
    readonly closedAt: Date | null;
  };
  /** The number of the last act of the briefing. */
  readonly seq: number;
  /** All acts, in their order, on the questions that are named, and on those of the units that ask. */
  readonly acts: Iterable<QuestionAct>;
}

export type QuestionDecision =
  /** What it does, or did when it came before, and the questions as they are then. */
  | { readonly acts: readonly QuestionAct[]; readonly after: readonly QuestionFacts[]; readonly first: boolean }
  | { readonly error: unknown };

export interface QuestionsDecided {
  /** In the order of the asks. */
  readonly decisions: readonly QuestionDecision[];
  readonly fresh: readonly QuestionAct[];
}

type Draft = Pick<QuestionAct, 'question' | 'act' | 'unit' | 'path'> &
  Partial<Pick<QuestionAct, 'words' | 'desk' | 'chosen' | 'joined'>>;

/** QU13: a group in the order in which it came, each request after what those before it have done. Pure. */
export function decideQuestions(asks: readonly QuestionAsk[], moment: QuestionMoment): QuestionsDecided {
  const questions = new Map<string, QuestionFacts>();
  const byKey = new Map<string, QuestionAct[]>();
  const take = (act: QuestionAct) => {
    questions.set(act.question, afterAct(questions.get(act.question), act));
    const same = byKey.get(act.key);
    if (same) same.push(act);
    else byKey.set(act.key, [act]);
  };
  for (const act of moment.acts) take(act);
  let { seq } = moment;
  const fresh: QuestionAct[] = [];
  const decisions = asks.map((ask): QuestionDecision => {
    const before = byKey.get(ask.key);
    try {
      if (before) return { acts: sameAgain(ask, moment, before), after: afterOf(before), first: false };
      const acts = draft(ask, moment, questions).map((one): QuestionAct => {
        seq += 1;
        return record(ask, moment, one, seq);
      });
      for (const act of acts) take(act);
      fresh.push(...acts);
      return { acts, after: afterOf(acts), first: true };
    } catch (error) {
      return { error };
    }
  });
  return { decisions, fresh };

  function afterOf(acts: readonly QuestionAct[]): QuestionFacts[] {
    return acts.flatMap(({ question }) => questions.get(question) ?? []);
  }
}

/** @throws DomainError `conflict`: the key was used for something else, or by somebody else */
function sameAgain(ask: QuestionAsk, moment: QuestionMoment, before: readonly QuestionAct[]): readonly QuestionAct[] {
  const acts: readonly string[] =
    ask.act === 'ask' ? ['ask', 'change'] : ask.act === 'withdraw' ? ['withdraw'] : [ask.decision.act];
  const { questions, words } = meantBy(ask);
  const same = before.every(
    ({ act, account, unit, briefing, question, words: said }) =>
      briefing === moment.briefing.id &&
      acts.includes(act) &&
      (ask.act === 'decide' ? account === ask.by.account.id : unit === ask.by.account.unit.code) &&
      questions.has(question) &&
      said === words,
  );
  if (!same || before.length !== questions.size) throw refuse('conflict', 'this key was used for something else');
  return before;
}

/** On which questions it is, and what it says. */
function meantBy(ask: QuestionAsk): { readonly questions: ReadonlySet<string>; readonly words: string | null } {
  switch (ask.act) {
    case 'ask':
      return { questions: new Set([ask.changes ?? ask.key]), words: ask.text };
    case 'withdraw':
      return { questions: new Set([ask.question]), words: null };
    case 'decide':
      return { questions: new Set(ask.questions), words: 'words' in ask.decision ? ask.decision.words : null };
  }
}

/** @throws DomainError why it is not done */
function draft(ask: QuestionAsk, moment: QuestionMoment, questions: ReadonlyMap<string, QuestionFacts>): Draft[] {
  switch (ask.act) {
    case 'ask':
      return [draftAsking(ask, moment, questions)];
    case 'withdraw': {
      demand(ask.by.account, 'question.withdraw', at(ask.by.account.unit.path));
      demandRunning(moment);
      return [{ ...ownUntaken(ask.by, ask.question, questions), act: 'withdraw' }];
    }
    case 'decide':
      demandOffice(moment);
      return [...new Set(ask.questions)].map((id) =>
        draftDecision(ask.by.account, id, ask.decision, moment, questions),
      );
  }
}

/** QU1 to QU4. */
function draftAsking(
  { by, key, text, changes }: Extract<QuestionAsk, { act: 'ask' }>,
  moment: QuestionMoment,
  questions: ReadonlyMap<string, QuestionFacts>,
): Draft {
  const { code: unit, path } = by.account.unit;
  demand(by.account, 'question.ask', at(path));
  demandRunning(moment);
  if (changes !== undefined) return { ...ownUntaken(by, changes, questions), act: 'change', words: text };
  const own = [...questions.values()].filter((question) => question.unit === unit);
  if (own.some((question) => isOpen(question) && !isSettled(question, questions)))
    throw refuse('conflict', 'your unit has a question that waits: change it or take it back');
  if (own.length >= MOST_ASKED) throw refuse('too-many-tries', `a unit asks ${MOST_ASKED} times in a briefing at most`);
  return { question: key, act: 'ask', unit, path, words: text, desk: deskOver(path, moment.briefing.stage) };
}

/** QU8: what it was joined with may be known here or not; then it counts as open, and the unit is told where it stands. */
function isSettled({ into }: QuestionFacts, questions: ReadonlyMap<string, QuestionFacts>): boolean {
  const other = into === null ? undefined : questions.get(into);
  return other !== undefined && (!isOpen(other) || isSettled(other, questions));
}

/** QU4. @throws DomainError `not-found`, `too-late`, `too-many-tries` */
function ownUntaken({ account }: QuestionActor, id: string, questions: ReadonlyMap<string, QuestionFacts>) {
  const question = questions.get(id);
  if (question?.unit !== account.unit.code) throw refuse('not-found', 'your unit has no such question');
  if (question.taken || !isOpen(question)) throw refuse('too-late', 'somebody has decided on this question by now');
  if (question.own >= MOST_UNIT_ACTS) throw refuse('too-many-tries', 'this question was changed too often');
  return { question: id, unit: question.unit, path: question.path };
}

/** QU6 to QU10. @throws DomainError */
function draftDecision(
  account: Account,
  id: string,
  decision: Decision,
  { briefing }: QuestionMoment,
  questions: ReadonlyMap<string, QuestionFacts>,
): Draft {
  const question = questions.get(id);
  if (question?.briefing !== briefing.id) throw refuse('not-found', 'there is no such question');
  const { unit, path, desk } = question;
  // CH15
  demand(account, 'question.decide');
  if (may(account, 'question.list', at(path)) !== 'allowed') throw refuse('not-found', 'there is no such question');
  const base = { question: id, unit, path, act: decision.act };
  const answers = decision.act === 'air' || decision.act === 'write';
  demand(account, 'question.decide', { paths: answers ? [path] : [path, desk] });
  if (answers) demand(account, 'question.answer', at(briefing.stage));
  if (question.end?.kind === 'withdrawn') throw refuse('conflict', 'its unit has taken this question back');
  if (question.into !== null) throw refuse('conflict', 'this question was joined with another');
  switch (decision.act) {
    case 'write':
      return { ...base, words: decision.words };
    case 'air':
      if (briefing.state !== 'live') throw refuse('not-live', 'nothing is on air');
      if (question.air) throw refuse('conflict', 'this question was answered on air');
      return base;
    case 'pass': {
      demandOpen(question);
      const home = account.unit.path;
      const chosen = liesIn(briefing.stage, new Set([home]));
      if (chosen && question.chosen) throw refuse('conflict', 'this question is to be answered already');
      return { ...base, desk: deskOver(home, briefing.stage), chosen };
    }
    case 'decline':
      demandOpen(question);
      return { ...base, words: decision.words };
    case 'join': {
      demandOpen(question);
      const other = questions.get(decision.into);
      if (other?.briefing !== briefing.id || other.id === id) throw refuse('not-found', 'there is no such question');
      demand(account, 'question.decide', at(other.path));
      if (other.into !== null || other.end) throw refuse('conflict', 'nobody answers that question');
      return { ...base, joined: other.id };
    }
  }
}

const demandOpen = (question: QuestionFacts): void => {
  if (isAnswered(question)) throw refuse('conflict', 'this question was answered');
  if (question.end) throw refuse('conflict', 'this question was declined');
};

/** QU1 */
function demandRunning({ briefing }: QuestionMoment): void {
  if (briefing.state === 'closed') throw refuse('briefing-closed', 'questions are asked while a briefing runs');
  if (briefing.state === 'scheduled') throw refuse('not-live', 'questions are asked when the doors are open');
}

/** QU12 */
function demandOffice({ briefing, now }: QuestionMoment): void {
  const { closedAt } = briefing;
  if (closedAt && now.getTime() - closedAt.getTime() > OFFICE_DAYS * 86_400_000)
    throw refuse('too-late', `questions are decided on for ${OFFICE_DAYS} days after a briefing`);
}

function record({ by, key }: QuestionAsk, { now, briefing }: QuestionMoment, draft: Draft, seq: number): QuestionAct {
  const { account, identity, address, person } = by;
  return {
    ...{ words: null, desk: null, chosen: false, joined: null, ...draft },
    ...{ briefing: briefing.id, seq, key, at: now },
    ...{ account: account.id, by: account.name, identity, address, person },
  };
}
