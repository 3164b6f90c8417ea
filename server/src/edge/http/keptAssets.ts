import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { RequestHandler, Response } from 'express';

/** As the build wrote it. */
interface Kept {
  readonly body: Buffer;
  readonly encoding: string | undefined;
  readonly etag: string;
}

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
/** Of names that a stranger makes up as well. */
const NOT_THERE = ['ENOENT', 'EISDIR', 'ENAMETOOLONG'];
/** Whatever compresses is also there in a smaller form. */
const TEXTS = ['.js', '.css'];
const CACHE = `public, max-age=${365 * 24 * 3600}, immutable`;

/**
 * Files whose names carry a hash of what is in them, as small as the build could make them. Ten thousand pages that are
 * opened at once ask for the same dozen: each is read once and kept, since its name is never another's.
 */
export function keptAssets(folder: string): RequestHandler {
  const files = new Map<string, Promise<Kept | undefined>>();
  const find = (name: string, encoding?: string): Promise<Kept | undefined> => {
    const known = files.get(name);
    if (known) return known;
    const read = readKept(join(folder, name), encoding);
    files.set(name, read);
    // A build may come later, so only what is there is remembered.
    const forget = (found?: Kept): unknown => found ?? files.delete(name);
    read.then(forget, forget);
    return read;
  };
  return async (request, response, next) => {
    const name = /^\/([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)$/.exec(request.path)?.[1];
    if (name === undefined || (request.method !== 'GET' && request.method !== 'HEAD') || request.headers.range)
      return next();
    const isText = TEXTS.includes(extname(name));
    if (isText) response.vary('accept-encoding');
    for (const [encoding, suffix] of isText ? encodings : []) {
      if (!request.acceptsEncodings(encoding)) continue;
      const kept = await find(name + suffix, encoding);
      if (kept) return send(response, name, kept);
    }
    const kept = await find(name);
    if (!kept) return next();
    send(response, name, kept);
  };
}

function send(response: Response, name: string, { body, encoding, etag }: Kept): void {
  response.type(extname(name)).set({ 'cache-control': CACHE, etag });
  if (encoding !== undefined) response.set('content-encoding', encoding);
  if (response.req.fresh) return void response.status(304).end();
  response.set('content-length', String(body.length)).end(response.req.method === 'HEAD' ? undefined : body);
}

async function readKept(file: string, encoding: string | undefined): Promise<Kept | undefined> {
  try {
    const body = await readFile(file);
    return { body, encoding, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
  } catch (error) {
    if (NOT_THERE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
