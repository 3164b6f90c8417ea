import type { z } from 'zod';
import { GroupCommit, type Outcome } from '../../lib/GroupCommit.ts';
import { JsonText } from '../../lib/JsonText.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import { isAway, refuse, tooOften } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type {
  AnsweredQuestion,
  AskQuestion,
  DecideQuestions,
  OwnQuestions,
  QuestionAsked,
  QuestionPage,
  QuestionQuery,
  QuestionRow,
  settledQuestionSchema,
} from '../../protocol/question.ts';
import { at, demand } from '../shared/rights.ts';
import { territorySeen, viewerOf } from '../shared/whoSeesWhom.ts';
import { decideQuestions, type QuestionActor, type QuestionAsk } from './decide.ts';
import { afterAct, type QuestionFacts, standsAt } from './facts.ts';
import type { LiveQuestions } from './LiveQuestions.ts';
import { ANSWERS_OF_ONE, ASKING, OWN_SHOWN } from './limits.ts';
import type { AskedQuestion, QuestionOutcome, QuestionReader, QuestionStore } from './ports.ts';
import { answeredQuestion, inBriefing, ownQuestion, type QuestionNames, questionRow } from './views.ts';

type Done = Extract<QuestionOutcome, { first: boolean }>;

interface Parts {
  readonly store: QuestionStore;
  readonly live: LiveQuestions;
  readonly names: QuestionNames;
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<unknown>;
  /** What was recorded and could not be told, for the log. */
  readonly failed: (error: unknown, briefing: string) => void;
}

/** Written questions: asked by units, decided on by officials, read by both. Acts resolve after the commit. */
export class QuestionService implements QuestionReader {
  readonly #o: Parts;
  readonly #groups: GroupCommit<QuestionAsk, Done>;
  readonly #reads = new RateLimits(ANSWERS_OF_ONE);

  constructor(parts: Parts) {
    this.#o = parts;
    this.#groups = new GroupCommit((briefing, asks) => this.#write(briefing, asks), {
      ...{ max: ASKING.most, gatherMs: ASKING.gatherMs, most: ASKING.waiting, concernsAll: isAway },
      full: () => refuse('busy', 'too many questions wait; nothing was recorded, repeat later'),
    });
  }

  /** QU1 to QU4. @throws DomainError */
  ask(briefing: string, by: QuestionActor, { key, ...ask }: AskQuestion): Promise<JsonText<QuestionAsked>> {
    demand(by.account, 'question.ask', at(by.account.unit.path));
    return this.#own(briefing, { act: 'ask', by, key, ...ask });
  }

  /** QU4. @throws DomainError */
  withdraw(briefing: string, by: QuestionActor, key: string, question: string): Promise<JsonText<QuestionAsked>> {
    demand(by.account, 'question.withdraw', at(by.account.unit.path));
    return this.#own(briefing, { act: 'withdraw', by, key, question });
  }

  /** QU6 to QU10. @throws DomainError */
  async decide(briefing: string, by: QuestionActor, ask: DecideQuestions): Promise<{ rows: QuestionRow[] }> {
    demand(by.account, 'question.decide', at(by.account.unit.path));
    await this.#o.readBriefing(by.account, briefing);
    const { after } = await this.#groups.add(briefing, { act: 'decide', by, ...ask });
    return { rows: after.map((question) => questionRow(this.#o.names, question)) };
  }

  /** QU7: what changed of the territory. @throws DomainError */
  async list(account: Account, briefing: string, { since, limit }: QuestionQuery): Promise<QuestionPage> {
    demand(account, 'question.list', at(account.unit.path));
    await this.#o.readBriefing(account, briefing);
    const board = await this.#o.live.fresh(briefing);
    const rows: QuestionRow[] = [];
    for (const question of board.after(since, territorySeen(viewerOf(account)) ?? account.unit.path)) {
      if (rows.length === limit) return { rows, more: true };
      rows.push(questionRow(this.#o.names, question));
    }
    return { rows, more: false };
  }

  /** QU10. @throws DomainError */
  async answered(account: Account, briefing: string): Promise<AnsweredQuestion[]> {
    const wait = this.#reads.take(account.id);
    if (wait > 0) throw tooOften('so many answers are not read for one account at once', wait);
    await this.#o.readBriefing(account, briefing);
    const board = await this.#o.live.fresh(briefing);
    return board.answered().map((question) => answeredQuestion(board, this.#o.names, question));
  }

  /** QU11. @throws DomainError */
  async own(account: Account): Promise<OwnQuestions> {
    const { code, path } = account.unit;
    demand(account, 'question.read', at(path));
    const questions: OwnQuestions['questions'] = [];
    for (const { acts, ...briefing } of await this.#o.store.askedBy(code, OWN_SHOWN)) {
      const all = new Map<string, QuestionFacts>();
      for (const act of acts) all.set(act.question, afterAct(all.get(act.question), act));
      const board = { counts: (question: QuestionFacts) => standsAt(question, (id) => all.get(id)) };
      const own = [...all.values()].filter(({ unit }) => unit === code).reverse();
      for (const question of own) questions.push(inBriefing(briefing, ownQuestion(board, this.#o.names, question)));
    }
    return { questions: questions.slice(0, OWN_SHOWN) };
  }

  /** QU3: what became of an asking whose acknowledgement did not come. @throws DomainError */
  async settle(account: Account, briefing: string, key: string): Promise<z.output<typeof settledQuestionSchema>> {
    const { code, path } = account.unit;
    demand(account, 'question.read', at(path));
    await this.#o.readBriefing(account, briefing);
    const { over, done } = await this.#o.store.underKey(briefing, code, key);
    if (!done) return { asked: null, over };
    const board = await this.#o.live.fresh(briefing);
    const question = board.get(done.question);
    if (!question) throw refuse('internal', 'a question on record is on no board');
    const asked = { question: ownQuestion(board, this.#o.names, question), receipt: done.receipt, first: false };
    return { asked, over };
  }

  /** QU14 */
  async questionsOf(briefing: string, territory?: string): Promise<readonly AskedQuestion[]> {
    const board = await this.#o.live.fresh(briefing);
    const facts = territory === undefined ? board.all() : board.after(0, territory);
    return [...facts]
      .filter(({ end }) => end?.kind !== 'withdrawn')
      .sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime())
      .map((question) => ({ facts: question, counts: board.counts(question), others: board.others(question) }));
  }

  async #own(briefing: string, ask: QuestionAsk): Promise<JsonText<QuestionAsked>> {
    const { after, receipt, first } = await this.#groups.add(briefing, ask);
    const [question] = after;
    if (!question || !receipt) throw refuse('internal', 'a question was recorded without a receipt');
    const board = this.#o.live.get(briefing);
    const own = ownQuestion(board, this.#o.names, board.get(question.id) ?? question);
    return new JsonText(`{"question":${JSON.stringify(own)},"receipt":${receipt.text},"first":${first}}`);
  }

  async #write(briefing: string, asks: readonly QuestionAsk[]): Promise<readonly Outcome<Done>[]> {
    const outcomes = await this.#o.store.record(briefing, asks, (moment) => decideQuestions(asks, moment));
    const fresh = outcomes.flatMap((outcome) => ('error' in outcome || !outcome.first ? [] : outcome.acts));
    await this.#o.live.commit(briefing, fresh).catch((error: unknown) => this.#o.failed(error, briefing));
    return outcomes.map((outcome) => ('error' in outcome ? outcome : { ok: outcome }));
  }
}
