import { z } from 'zod';
import { identityOf } from '../../../domain/briefing/identity.ts';
import type { AnswerBook } from '../../../domain/rollcall/AnswerBook.ts';
import type { RoundRecord } from '../../../domain/rollcall/RoundRecord.ts';
import type { Clock } from '../../../lib/clock.ts';
import {
  answersQuerySchema,
  ownAnswersSchema,
  roundActsSchema,
  roundHistoryQuerySchema,
  roundHistorySchema,
  settledSchema,
  settleSchema,
} from '../../../protocol/rollcallRecords.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });

/** RC21, RC23: answers, acts and receipts, on any device, also when the briefing is over. @param clock decides deadlines */
export const rollcallRoutes = (book: AnswerBook, record: RoundRecord, clock: Clock): Route[] => [
  route({
    method: 'get',
    path: '/api/rounds/{id}/acts',
    summary: 'What officials did with a round itself, oldest first, with receipts.',
    access: 'session',
    params,
    answer: roundActsSchema,
    handle: ({ caller: { account }, params: { id } }) => record.acts(account, id),
  }),
  route({
    method: 'get',
    path: '/api/answers',
    summary: "What the caller's unit was asked in roll-calls and has answered, newest first, with receipts.",
    access: 'session',
    query: answersQuerySchema,
    answer: ownAnswersSchema,
    handle: ({ caller: { account }, query }) => book.own(account, query),
  }),
  route({
    method: 'get',
    path: '/api/rounds/{id}/history',
    summary: "Everything that was recorded for one unit in a round, oldest first; without `unit`, the caller's.",
    access: 'session',
    params,
    query: roundHistoryQuerySchema,
    answer: roundHistorySchema,
    handle: ({ caller: { account }, params: { id }, query: { unit } }) => book.history(account, id, unit),
  }),
  route({
    method: 'get',
    path: '/api/rounds/{id}/answers/{key}',
    summary: "The receipt of what the caller's unit has on record under a key of its own; null when it has nothing.",
    access: 'session',
    params: params.extend({ key: uuidSchema }),
    answer: settledSchema,
    handle: async ({ caller: { account }, params: { id, key } }) => ({
      entered: await book.recorded(account, id, key),
    }),
  }),
  route({
    method: 'post',
    path: '/api/rounds/{id}/answers',
    summary: 'What became of an answer that was not acknowledged. Records nothing: that is done in its briefing.',
    access: 'session',
    params,
    body: settleSchema,
    answer: settledSchema,
    handle: async ({ caller, params: { id }, body, address }) => {
      const asker = { account: caller.account, identity: identityOf(caller), address, received: clock.now() };
      return { entered: await book.settle(asker, id, body) };
    },
  }),
];
