import { type RequestHandler, Router } from 'express';
import type { Caller } from '../../domain/organisation/Sessions.ts';
import { refuse } from '../../protocol/errors.ts';
import { cookiesOf } from './cookies.ts';
import { refuseForeign } from './origin.ts';
import type { Asked, Cookies, Route } from './route.ts';

export interface MountOptions {
  readonly publicUrl: string;
  readonly secure: boolean;
  /** @throws DomainError `unauthenticated`, `rate-limited` */
  readonly authenticate: (headers: Asked<0, 0, 0, 0>['headers'], cookies: Cookies) => Promise<Caller>;
}

/** Binds routes to express: origin, session, schemas, handler, answer; in this order, each refusing with its reason. */
export function mount(routes: readonly Route[], options: MountOptions): Router {
  const router = Router();
  for (const route of routes) {
    router[route.method](route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler(route, options));
  }
  return router;
}

function handler(route: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    response.locals.route = route.path;
    refuseForeign(request.headers, options.publicUrl);
    const cookies = cookiesOf(request, response, options.secure);
    const caller = route.access === 'session' ? await options.authenticate(request.headers, cookies) : undefined;
    if (route.body && request.is('json') === false) throw refuse('bad-request', 'the body must be application/json');
    const asked = {
      params: route.params?.parse(request.params),
      query: route.query?.parse(request.query),
      body: route.body?.parse(request.body ?? {}),
      caller,
      headers: request.headers,
      address: request.ip ?? 'unknown',
      cookies,
    };
    const answer = await route.handle(asked as Asked<never, never, never, never>);
    response.set('cache-control', 'no-store');
    // The schema also drops what the contract does not name.
    if (route.answer) response.json(route.answer.parse(answer));
    else response.status(204).end();
  };
}
