import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { refuse } from '../../protocol/errors.ts';
import { precompressed } from './precompressed.ts';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * The built page. Files under `assets/` carry a hash in their name and may be kept for ever; everything else that is
 * not a file is a view of the page and gets `index.html`, fresh each time.
 */
export function webApp(folder: string): RequestHandler {
  const router = Router();
  const index = join(folder, 'index.html');
  router.use(
    '/assets',
    precompressed(join(folder, 'assets')),
    express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: true }),
  );
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.use((request, response, next) => {
    const asked = request.method === 'GET' || request.method === 'HEAD';
    const view = asked && !/\.[a-z0-9]+$/i.test(request.path) && request.accepts('html');
    if (!view) return next(refuse('not-found', 'there is nothing here'));
    if (!existsSync(index)) return next(refuse('not-found', 'the page is not built: run "npm run build -w web"'));
    // By its name under a root: of a whole path `sendFile` refuses each part that begins with a dot, also above the
    // checkout.
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}
