import { identityOf } from '../../../domain/briefing/identity.ts';
import type { Resubmissions } from '../../../domain/resubmission/Resubmissions.ts';
import type { Clock } from '../../../lib/clock.ts';
import {
  resubmissionQuerySchema,
  resubmissionsSchema,
  resubmitSchema,
  resubmittedSchema,
} from '../../../protocol/resubmission.ts';
import { type Route, route } from '../route.ts';

/** RS: after a restore, devices send their receipts. */
export const resubmissionRoutes = (resubmissions: Resubmissions, clock: Clock): Route[] => [
  route({
    method: 'post',
    path: '/api/resubmissions',
    summary: "After a restore: receipts of the caller's unit, to be recorded again where that lost them.",
    access: 'session',
    body: resubmitSchema,
    answer: resubmittedSchema,
    right: ['resubmission.offer'],
    handle: async ({ caller, body: { receipts }, address }) => {
      const asker = { account: caller.account, identity: identityOf(caller), address, received: clock.now() };
      return { outcomes: [...(await resubmissions.offer(asker, receipts))] };
    },
  }),
  route({
    method: 'get',
    path: '/api/resubmissions',
    summary: "What units of the caller's territory sent again after a restore, newest first; and the last restore.",
    access: 'session',
    query: resubmissionQuerySchema,
    answer: resubmissionsSchema,
    handle: ({ caller: { account }, query: { before, limit } }) => resubmissions.list(account, before, limit),
  }),
];
