import { installationSchema } from '../../../protocol/session.ts';
import { type Route, route } from '../route.ts';

/** What is served here, for everybody who comes. */
export const installationRoutes = (facts: { readonly demo: boolean }): Route[] => [
  route({
    method: 'get',
    path: '/api/installation',
    summary: 'Whether this is a demo, which every page says.',
    access: 'public',
    answer: installationSchema,
    handle: () => facts,
  }),
];
