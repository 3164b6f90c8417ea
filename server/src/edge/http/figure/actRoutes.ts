import type { FigureActService } from '../../../domain/figure/act/FigureActService.ts';
import { figureActedSchema, figureActSchema } from '../../../protocol/figureAct.ts';
import { type Route, route } from '../route.ts';

/** What people do to figures, also outside of briefings. */
export const figureActRoutes = (acts: FigureActService): Route[] => [
  route({
    method: 'post',
    path: '/api/figures/acts',
    summary: 'Releases or rejects held values, contests a value, answers a contest or withdraws it.',
    access: 'session',
    body: figureActSchema,
    answer: figureActedSchema,
    right: ['figure.release', 'figure.reject', 'figure.contest', 'figure.answer', 'figure.withdraw'],
    handle: ({ caller: { account }, body }) => acts.act(account, body),
  }),
];
