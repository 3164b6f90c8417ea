import { z } from 'zod';
import { errorTable } from '../../../domain/figure/errorTable.ts';
import type { FigureOwners } from '../../../domain/figure/owner/FigureOwners.ts';
import { toCsv } from '../../../domain/report/csv.ts';
import { sourceCodeSchema } from '../../../protocol/figure.ts';
import { ownedFiguresSchema, ownedQuerySchema } from '../../../protocol/figureOwned.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const access = 'session';

/** FG39: what whoever answers for figures looks at. */
export const ownedRoutes = (owners: FigureOwners): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/owned',
    summary: 'Sources of which the caller hands in files; of a steward what comes in, is held, contested and shown.',
    access,
    query: ownedQuerySchema,
    answer: ownedFiguresSchema,
    handle: ({ caller: { account }, query: { openFrom } }) => owners.owned(account, openFrom),
  }),
  route({
    method: 'get',
    path: '/api/figures/owned/batches/{n}/errors',
    summary: 'What is kept of the rows of a batch that were refused, as CSV.',
    access,
    params: z.object({ n: z.coerce.number().int().min(1) }),
    files: ['text/csv'],
    handle: async ({ caller: { account }, params: { n } }) => {
      const errors = await owners.errors(account, n);
      return new FileAnswer({ name: `errors-${n}.csv`, type: 'text/csv', bytes: toCsv(errorTable(errors)) });
    },
  }),
  route({
    method: 'get',
    path: '/api/figures/owned/sources/{source}/errors',
    summary: 'What was refused of the rows that came when a source was asked last, as CSV.',
    access,
    params: z.object({ source: sourceCodeSchema }),
    files: ['text/csv'],
    handle: async ({ caller: { account }, params: { source } }) => {
      const errors = await owners.pullErrors(account, source);
      return new FileAnswer({ name: `errors-${source}.csv`, type: 'text/csv', bytes: toCsv(errorTable(errors)) });
    },
  }),
];
