import type { FigureDesk } from '../../../domain/figure/desk/FigureDesk.ts';
import { deskQuerySchema, figureDeskSchema } from '../../../protocol/figureDesk.ts';
import { type Route, route } from '../route.ts';

/** FG13, FG14: what whoever answers for a territory has to look at. */
export const figureDeskRoutes = (desk: FigureDesk): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/desk',
    summary:
      'Of a territory: how far each figure has come, which units are late, which sources are silent, what is held.',
    access: 'session',
    query: deskQuerySchema,
    answer: figureDeskSchema,
    handle: ({ caller: { account }, query: { root, ...from } }) => desk.look(account, root, from),
  }),
];
