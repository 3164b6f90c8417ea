import { z } from 'zod';
import type { Briefings } from '../../../domain/briefing/Briefings.ts';
import type { Sessions } from '../../../domain/organisation/Sessions.ts';
import {
  briefingActSchema,
  briefingFitSchema,
  briefingListSchema,
  briefingSchema,
  cancelBriefingSchema,
  changeBriefingSchema,
  checkedScopeSchema,
  checkScopeSchema,
  createBriefingSchema,
  fitScopeSchema,
  joinAnswerSchema,
  joinSchema,
  LONGEST_PLACE,
  placeHeader,
  producersSchema,
} from '../../../protocol/briefing.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const keptSchema = z.string().max(LONGEST_PLACE).optional();

const summaries = {
  open: 'Open the doors: devices may join, nobody is on air.',
  live: 'Go live.',
  close: 'End the briefing; everybody is put out.',
} as const;

/** Briefings: schedule, official acts, join. */
export const briefingRoutes = (briefings: Briefings, sessions: Pick<Sessions, 'introduce'>): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings',
    summary: 'Briefings that the caller may see, newest first.',
    access: 'session',
    screens: true,
    answer: briefingListSchema,
    handle: async ({ caller }) => ({ briefings: await briefings.list(caller.account) }),
  }),
  route({
    method: 'post',
    path: '/api/briefings',
    summary: 'Schedule a briefing.',
    access: 'session',
    body: createBriefingSchema,
    answer: briefingSchema,
    right: ['briefing.create'],
    handle: ({ caller, body }) => briefings.create(caller.account, body),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}',
    summary: 'One briefing.',
    access: 'session',
    screens: true,
    params,
    answer: briefingSchema,
    handle: ({ caller, params: { id } }) => briefings.read(caller.account, id),
  }),
  route({
    method: 'post',
    path: '/api/scopes/check',
    summary: 'What a file of codes would be as a scope; nothing is written.',
    access: 'session',
    body: checkScopeSchema,
    answer: checkedScopeSchema,
    right: ['briefing.create'],
    handle: ({ caller, body }) => briefings.checkScope(caller.account, body.cells),
  }),
  route({
    method: 'post',
    path: '/api/scopes/fit',
    summary: 'Whether the nodes that are registered carry a briefing of that scope; nothing is written.',
    access: 'session',
    body: fitScopeSchema,
    answer: briefingFitSchema,
    right: ['briefing.create'],
    handle: ({ caller, body }) => briefings.fitScope(caller.account, body.scope),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/fit',
    summary: 'Whether the nodes that are registered carry this briefing.',
    access: 'session',
    params,
    answer: briefingFitSchema,
    handle: ({ caller, params: { id } }) => briefings.fit(caller.account, id),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/producers',
    summary: 'Who may choose what all see, by name.',
    access: 'session',
    params,
    answer: producersSchema,
    handle: async ({ caller, params: { id } }) => ({ producers: await briefings.producers(caller.account, id) }),
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/change',
    summary: 'Change what is planned, for a reason that is told at every door.',
    access: 'session',
    params,
    body: changeBriefingSchema,
    answer: briefingSchema,
    right: ['briefing.change'],
    handle: ({ caller, params: { id }, body }) => briefings.change(caller.account, id, body),
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/cancel',
    summary: 'Call a briefing off before it is live, for a reason that is told at every door.',
    access: 'session',
    params,
    body: cancelBriefingSchema,
    answer: briefingSchema,
    handle: ({ caller, params: { id }, body }) => briefings.cancel(caller.account, id, body),
  }),
  ...(['open', 'live', 'close'] as const).map((act) =>
    route({
      method: 'post',
      path: `/api/briefings/{id}/${act}`,
      summary: summaries[act],
      access: 'session',
      params,
      body: briefingActSchema,
      answer: briefingSchema,
      handle: ({ caller, params: { id }, body }) => briefings.act(caller.account, id, act, body),
    }),
  ),
  route({
    method: 'post',
    path: '/api/briefings/{id}/join',
    summary: 'Where this device connects, with its token for a LiveKit client.',
    access: 'session',
    screens: true,
    params,
    body: joinSchema,
    answer: joinAnswerSchema,
    handle: async ({ caller, params: { id }, body: { person, not }, headers }) =>
      briefings.join(person === undefined ? caller : await sessions.introduce(caller, person), id, {
        ...{ not: [not ?? []].flat(), kept: keptSchema.parse(headers[placeHeader]) },
      }),
  }),
];
