import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { questionTopic } from '../cluster/topics/question.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { LiveQuestions } from '../domain/question/LiveQuestions.ts';
import { QuestionService } from '../domain/question/QuestionService.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { questionRoutes } from '../edge/http/question/routes.ts';
import { questionActs } from '../edge/socket/question/acts.ts';
import { QuestionNotices } from '../edge/socket/question/QuestionNotices.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgQuestions } from '../store/postgres/question/PgQuestions.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly briefings: Briefings;
}

/** Written questions of units, what officials decide on them, and the answers. */
export function composeQuestion({ logger }: Base, { postgres, units, briefings }: Needs) {
  const store = new PgQuestions(postgres);
  const live = new LiveQuestions(store);
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    above: (path: string) => units.namesAbove(path),
  };
  const failed = (err: unknown, briefing: string) =>
    logger.warn({ err, briefing }, 'questions were recorded and not told; the sweep tells them');
  const readBriefing = briefings.read.bind(briefings);
  const questions = new QuestionService({ store, live, names, readBriefing, failed });
  const part = {
    name: 'question',
    acts: questionActs(questions),
    notices: (channel) => new QuestionNotices(channel, live, names),
    nodeTopics: [
      nodeTopic(questionTopic, { tell: (publish) => live.on('committed', publish), hear: (mark) => live.hint(mark) }),
    ],
    routes: questionRoutes(questions),
    sweeps: [{ name: 'questions', everyMs: CATCH_UP_EVERY_MS, run: () => live.sweep() }],
  } satisfies Part;
  return { part, questions };
}
