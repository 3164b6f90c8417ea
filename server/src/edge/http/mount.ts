import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Caller } from '../../domain/organisation/Sessions.ts';
import { isScreen } from '../../domain/shared/whoSeesWhom.ts';
import { refuse } from '../../protocol/errors.ts';
import { bearerOf } from '../sessionProof.ts';
import { atPace } from './bodyPace.ts';
import { cookiesOf } from './cookies.ts';
import { refuseForeign } from './origin.ts';
import { type Asked, type Cookies, FileAnswer, type Route, type Uploaded } from './route.ts';

export interface MountOptions {
  readonly publicUrl: string;
  readonly secure: boolean;
  /** @throws DomainError `unauthenticated`, `rate-limited` */
  readonly authenticate: (request: Pick<IncomingMessage, 'headers' | 'socket'>, cookies: Cookies) => Promise<Caller>;
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
    const caller = route.access === 'session' ? await options.authenticate(request, cookies) : undefined;
    if (caller && isScreen(caller.account.role) && !route.screens)
      throw refuse('forbidden', 'a screen may not do this');
    // Before anything of a file is read: strangers send none at its pace.
    const address = request.ip ?? 'unknown';
    const holder = await route.keyOf?.(bearerOf(request.headers.authorization), address);
    if (route.body && request.is('json') === false) throw refuse('bad-request', 'the body must be application/json');
    const asked = {
      params: route.params?.parse(request.params),
      query: route.query?.parse(request.query),
      body: route.uploads ? uploaded(request, route.uploads) : route.body?.parse(request.body ?? {}),
      caller: caller ?? holder,
      headers: request.headers,
      address,
      cookies,
    };
    const answer = await handled(route, asked as Asked<never, never, never, never>, request);
    response.set('cache-control', 'no-store');
    // The schema also drops what the contract does not name.
    if (answer instanceof FileAnswer) await sendFile(response, answer);
    else if (route.answer) response.json(route.answer.parse(answer));
    else response.status(204).end();
  };
}

/** What of an unwanted file is taken all the same: a client that is cut off while it sends sees no answer. */
const DRAINED_BYTES = 64 * 1024 * 1024;

async function handled(route: Route, asked: Asked<never, never, never, never>, request: Request): Promise<unknown> {
  try {
    return await route.handle(asked);
  } catch (error) {
    if (route.uploads) await drain(request);
    throw error;
  }
}

async function drain(request: Request): Promise<void> {
  let bytes = 0;
  try {
    for await (const piece of atPace(request)) {
      bytes += piece.length;
      if (bytes > DRAINED_BYTES) return;
    }
  } catch {
    // It has hung up.
  }
}

function uploaded(request: Request, types: readonly string[]): Uploaded {
  const type = request.is([...types]);
  if (!type) throw refuse('bad-request', `the body must be a file, one of ${types.join(', ')}`);
  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      yield* atPace(request);
    } catch (error) {
      throw refuse('bad-request', 'the file did not come whole', error);
    }
  }
  return { type, bytes: bytes() };
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
