import { z } from 'zod';
import { identityOf } from '../../../domain/briefing/identity.ts';
import type { CallDirectory } from '../../../domain/floor/CallDirectory.ts';
import type { CallService } from '../../../domain/floor/CallService.ts';
import type { StageService } from '../../../domain/floor/StageService.ts';
import { callHelpSchema, callHitsSchema, callListSchema, callSearchSchema } from '../../../protocol/callable.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { shownStagesSchema } from '../../../protocol/stageRecord.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });

/** Who can be called, and which calls there were. */
export const floorRoutes = (
  directory: CallDirectory,
  calls: CallService,
  stages: Pick<StageService, 'shown'>,
): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/callable',
    summary: 'Units by name as one who would call them: connected ones first, then invited ones, then the others.',
    access: 'session',
    params,
    query: callSearchSchema,
    answer: callHitsSchema,
    handle: ({ caller, params: { id }, query }) => directory.find(caller.account, id, query.q, query.limit),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/callable/{code}',
    summary: 'One unit, and who near it can be called now.',
    access: 'session',
    params: params.extend({ code: unitCodeSchema }),
    answer: callHelpSchema,
    handle: ({ caller, params: { id, code } }) => directory.help(caller.account, id, code),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/calls',
    summary: 'Calls of the caller’s territory, the newest first.',
    access: 'session',
    params,
    answer: callListSchema,
    handle: async ({ caller, params: { id } }) => ({ calls: await calls.list(caller.account, id) }),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/shown/{code}',
    summary: 'Which stage a unit was shown in a briefing, from when to when, by the record.',
    access: 'session',
    params: params.extend({ code: unitCodeSchema }),
    answer: shownStagesSchema,
    handle: async ({ caller, params: { id, code } }) => ({ shown: await stages.shown(caller.account, id, code) }),
  }),
  route({
    method: 'get',
    path: '/api/calls/missed',
    summary: 'Calls that came to nobody in the own unit, and that no device of it has shown yet.',
    access: 'session',
    answer: callListSchema,
    handle: async ({ caller }) => ({ calls: [...(await calls.missed(caller.account))] }),
  }),
  route({
    method: 'post',
    path: '/api/calls/{id}/seen',
    summary: 'This device has shown a missed call.',
    access: 'session',
    params,
    handle: ({ caller, params: { id } }) => calls.see(caller.account, identityOf(caller), id),
  }),
];
