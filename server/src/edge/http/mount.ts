import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Caller } from '../../domain/organisation/Sessions.ts';
import { demandAny } from '../../domain/shared/rights.ts';
import { isScreen } from '../../domain/shared/whoSeesWhom.ts';
import { networkOf } from '../../lib/networkOf.ts';
import { refuse } from '../../protocol/errors.ts';
import { bearerOf } from '../sessionProof.ts';
import { Bodies, demandReadable, type OpenBody, throwAway, ungated } from './bodies.ts';
import { cookiesOf } from './cookies.ts';
import { parsed } from './fieldFaults.ts';
import { refuseForeign } from './origin.ts';
import { type Asked, type Cookies, FileAnswer, type Route } from './route.ts';

export interface MountOptions {
  readonly publicUrl: string;
  readonly secure: boolean;
  /** What bodies hold in memory; told to metrics by who gives it. */
  readonly bodies?: Bodies;
  /** @throws DomainError `unauthenticated`, `rate-limited` */
  readonly authenticate: (request: Pick<IncomingMessage, 'headers' | 'socket'>, cookies: Cookies) => Promise<Caller>;
}

/**
 * Binds routes to express: origin, session, right, form of path and query, body, handler, answer; in this order, each
 * refusing with its reason. Nothing of a body is read before the right is known.
 * @throws Error for a route that would read a large body without one
 */
export function mount(routes: readonly Route[], options: MountOptions): Router {
  const open = ungated(routes);
  if (open.length > 0) throw new Error(`these routes read a file of whoever is signed in: ${open.join(', ')}`);
  const router = Router();
  const bodies = options.bodies ?? new Bodies();
  for (const route of routes) {
    router[route.method](route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler(route, bodies, options));
  }
  return router;
}

function handler(route: Route, bodies: Bodies, options: MountOptions): RequestHandler {
  return async (request, response) => {
    response.locals.route = route.path;
    const address = request.ip ?? 'unknown';
    const sender: { isKnown: boolean; body?: OpenBody | undefined } = { isKnown: false };
    try {
      refuseForeign(request.headers, options.publicUrl);
      const cookies = cookiesOf(request, response, options.secure);
      const caller = route.access === 'session' ? await options.authenticate(request, cookies) : undefined;
      sender.isKnown = caller !== undefined;
      // Of whom a refusal is (HT17).
      response.locals.account = caller?.account;
      if (caller) demandRight(caller, route);
      // Before anything of a file is read: strangers send none at its pace.
      const key = bearerOf(request.headers.authorization);
      const holder = await route.keyOf?.(key, address);
      sender.isKnown ||= holder !== undefined;
      demandReadable(request, route);
      const params = route.params && parsed(route.params, request.params);
      const query = route.query && parsed(route.query, request.query);
      const owner = caller?.account.id ?? (holder === undefined ? undefined : key);
      sender.body = bodies.open(request, route, { owner, address: networkOf(address) });
      const body = await bodyOf(request, route, sender.body);
      const { headers } = request;
      const asked = { params, query, body, caller: caller ?? holder, headers, address, cookies };
      const answer = await route.handle(asked as Asked<never, never, never, never>);
      sender.body?.close();
      response.set('cache-control', 'no-store');
      // The schema also drops what the contract does not name.
      if (answer instanceof FileAnswer && isThere(request, response, answer)) response.status(304).end();
      else if (answer instanceof FileAnswer) await sendFile(response, answer);
      else if (route.answer) response.json(route.answer.parse(answer));
      else response.status(204).end();
    } finally {
      sender.body?.close();
      throwAway(request, !sender.isKnown);
    }
  };
}

/** HT14: before anything of a body is read. @throws DomainError `forbidden` */
function demandRight({ account }: Caller, { right, screens }: Route): void {
  if (isScreen(account.role) && !screens) throw refuse('forbidden', 'a screen may not do this');
  if (right) demandAny(account, right);
}

async function bodyOf(request: Request, route: Route, open: OpenBody | undefined): Promise<unknown> {
  if (!open) return undefined;
  if (route.body) return parsed(route.body, await open.json());
  const type = request.is([...(route.uploads ?? [])]);
  if (!type) throw noFile(route.uploads?.join(', ') ?? '');
  return open.file(type);
}

const noFile = (types: string) =>
  refuse('bad-request', {
    vi: `Phải gửi một tệp; Content-Type là một trong các loại: ${types}`,
    en: `the body must be a file, one of ${types}`,
  });

/** Sets what caches need of a file that has a name by its bytes. @returns whether whoever asks has these already */
function isThere(request: Request, response: Response, { etag }: FileAnswer): boolean {
  if (etag === undefined) return false;
  response.set('etag', etag).set('cache-control', 'private, no-cache').vary('accept').vary('authorization');
  // RFC 9110, 13.1.2: compared weakly.
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  const known = request.headers['if-none-match']?.split(',').map(bare) ?? [];
  return known.includes(bare(etag)) || known.includes('*');
}

/**
 * With the first piece at hand, so that what cannot be read is refused in order. Somebody who hangs up is no failure.
 */
async function sendFile(response: Response, { name, type, bytes, size, keep, encoding }: FileAnswer): Promise<void> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (keep) response.type(type).set('cache-control', 'private, max-age=31536000, immutable');
  else response.attachment(name).type(type);
  if (encoding) response.set('content-encoding', encoding).vary('accept-encoding');
  if (size !== undefined) response.set('content-length', String(size));
  async function* all(): AsyncGenerator<Uint8Array> {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  await pipeline(Readable.from(all()), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
