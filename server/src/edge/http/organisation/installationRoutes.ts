import { type Installation, installationSchema } from '../../../protocol/session.ts';
import { type Route, route } from '../route.ts';

/** What is served here, for everybody who comes. */
export const installationRoutes = (facts: Installation): Route[] => [
  route({
    method: 'get',
    path: '/api/installation',
    summary: 'What every page says: whether this is a demo, and whom to ring.',
    access: 'public',
    answer: installationSchema,
    handle: () => facts,
  }),
];
