import { z } from 'zod';
import type { FigureService } from '../../../domain/figure/FigureService.ts';
import { figurePeriodSchema, indicatorCodeSchema } from '../../../protocol/figure.ts';
import { indicatorListSchema } from '../../../protocol/figureDefinition.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { PACKED_FRAME } from '../../../protocol/packedFrame.ts';
import { type Route, route } from '../route.ts';
import { sharedJson } from '../sharedJson.ts';

const JSON_TYPE = 'application/json';
const access = 'session';

/** What is read of figures. How they come in is in `batchRoutes.ts`. */
export const figureRoutes = (figures: FigureService): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/indicators',
    summary: 'All indicators as they are defined now.',
    access,
    answer: indicatorListSchema,
    handle: ({ caller: { account } }) => ({ indicators: figures.indicators(account) }),
  }),
  route({
    method: 'get',
    path: '/api/figures/frames/{indicator}/{period}/{n}',
    summary:
      'All values of an indicator in a territory and a period, as known at N, by the tree of today; with those of another period.',
    access,
    params: z.object({ indicator: indicatorCodeSchema, period: figurePeriodSchema, n: z.coerce.number().int().min(1) }),
    query: z.strictObject({ root: unitCodeSchema, against: figurePeriodSchema.optional() }),
    files: [JSON_TYPE],
    handle: async ({ caller: { account }, params, query, headers }) => {
      // FG173: nodes and pages of two versions understand each other.
      const packed = headers.accept?.includes(PACKED_FRAME) ?? false;
      const bytes = await figures.frame(account, { ...params, ...query, packed });
      // FG47: not kept.
      return sharedJson('frame.json', bytes, headers['accept-encoding']);
    },
  }),
];
