import { isLoopback } from '../../../lib/isLoopback.ts';
import { type DemoRole, demoRolesSchema } from '../../../protocol/demo.ts';
import { refuse } from '../../../protocol/errors.ts';
import { type Route, route } from '../route.ts';

/** Whether the address bar names this machine: another site's name may lead here too, and its page would read the links. */
function isOwnName(host: string | undefined): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || hostname.endsWith('.localhost');
}

/** DC7: ways into a demo for its first page. @param roles none until the demo is loaded; each opens in whatever browser asks (DC12) */
export const demoRoutes = (roles: () => Promise<readonly DemoRole[]>): Route[] => [
  route({
    method: 'get',
    path: '/api/demo/roles',
    summary: 'The people of a demo as whom anybody at this machine may look around, each with a personal link.',
    access: 'public',
    answer: demoRolesSchema,
    handle: async ({ headers }) => {
      if (!isOwnName(headers.host)) throw refuse('foreign-origin', 'this request came by the name of another site');
      return { roles: [...(await roles())] };
    },
  }),
];
