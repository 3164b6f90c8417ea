import { z } from 'zod';
import { identityOf } from '../../../domain/briefing/identity.ts';
import type { QuestionService } from '../../../domain/question/QuestionService.ts';
import {
  answeredListSchema,
  decidedQuestionsSchema,
  decideQuestionsSchema,
  ownQuestionsSchema,
  questionPageSchema,
  questionQuerySchema,
  settledQuestionSchema,
} from '../../../protocol/question.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const access = 'session';

/** QU11, QU12: questions outside of briefings, and what everybody reads of them. */
export const questionRoutes = (questions: QuestionService): Route[] => [
  route({
    method: 'get',
    path: '/api/questions',
    summary: "What the caller's unit has asked in briefings, newest first, and what became of it.",
    access,
    answer: ownQuestionsSchema,
    handle: ({ caller: { account } }) => questions.own(account),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/questions/answered',
    summary: 'Questions of a briefing that were answered, on air or in writing.',
    access,
    params,
    answer: answeredListSchema,
    handle: async ({ caller: { account }, params: { id } }) => ({ questions: await questions.answered(account, id) }),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/questions/acts/{key}',
    summary: "The receipt of what the caller's unit has asked under a key of its own; null when it has not.",
    access,
    params: params.extend({ key: uuidSchema }),
    answer: settledQuestionSchema,
    handle: ({ caller: { account }, params: { id, key } }) => questions.settle(account, id, key),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/questions',
    summary: "Questions of the caller's territory that changed after a number.",
    access,
    params,
    query: questionQuerySchema,
    answer: questionPageSchema,
    handle: ({ caller: { account }, params: { id }, query }) => questions.list(account, id, query),
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/questions/decisions',
    summary: 'Decide on questions, also when the briefing is over.',
    access,
    params,
    body: decideQuestionsSchema,
    answer: decidedQuestionsSchema,
    handle: ({ caller, params: { id }, body, address }) =>
      questions.decide(
        id,
        { account: caller.account, identity: identityOf(caller), address, person: caller.person },
        body,
      ),
  }),
];
