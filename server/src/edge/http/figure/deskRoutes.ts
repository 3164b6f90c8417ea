import { z } from 'zod';
import type { FigureDesk } from '../../../domain/figure/desk/FigureDesk.ts';
import { figureDeskSchema } from '../../../protocol/figureDesk.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { type Route, route } from '../route.ts';

/** FG13, FG14: what whoever answers for a territory has to look at. */
export const figureDeskRoutes = (desk: FigureDesk): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/desk',
    summary:
      'Of a territory: how far each figure has come, which units are late, which sources are silent, what is held.',
    access: 'session',
    query: z.strictObject({ root: unitCodeSchema }),
    answer: figureDeskSchema,
    handle: ({ caller: { account }, query: { root } }) => desk.look(account, root),
  }),
];
