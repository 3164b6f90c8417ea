import { z } from 'zod';
import type { FigurePasts } from '../../../domain/figure/past/FigurePasts.ts';
import { figureMoment, figurePeriodSchema, indicatorCodeSchema } from '../../../protocol/figure.ts';
import { figurePastSchema, figureRevisedListSchema, figureStopsSchema } from '../../../protocol/figurePast.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { type Route, route } from '../route.ts';

const access = 'session';
const params = z.object({ indicator: indicatorCodeSchema });

/** FG80: going back in time. A frame as known at an N is read as any other (`routes.ts`). */
export const figurePastRoutes = (pasts: FigurePasts): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/past/stops',
    summary:
      'Acts between two moments at which a leader may stop: batches of an indicator, directives, calls, briefings.',
    access,
    query: z.strictObject({ indicator: indicatorCodeSchema, from: figureMoment, to: figureMoment }),
    answer: figureStopsSchema,
    handle: ({ caller: { account }, query }) => pasts.stops(account, query),
  }),
  route({
    method: 'get',
    path: '/api/figures/past/indicators/{indicator}',
    summary: 'How an indicator stood in a territory, as was known at a moment.',
    access,
    params,
    query: z.strictObject({ root: unitCodeSchema, at: figureMoment }),
    answer: figurePastSchema,
    handle: ({ caller: { account }, params: { indicator }, query: { root, at } }) =>
      pasts.at(account, { indicator, root }, at),
  }),
  route({
    method: 'get',
    path: '/api/figures/past/indicators/{indicator}/revised',
    summary: 'What counts now in a period and did not at an N: before, now, by which source and why.',
    access,
    params,
    query: z.strictObject({
      ...{ root: unitCodeSchema, period: figurePeriodSchema },
      n: z.coerce.number().int().min(1),
    }),
    answer: figureRevisedListSchema,
    handle: ({ caller: { account }, params: { indicator }, query: { root, period, n } }) =>
      pasts.revised(account, { indicator, root }, period, n),
  }),
];
