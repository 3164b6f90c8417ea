import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { refuse } from '../../protocol/errors.ts';
import { keptAssets } from './keptAssets.ts';

/** SW6: pages read it before they have the browser hold the shell. */
const SHELL_HEADER = 'dh-shell';
/** SW6: in place of the shell's worker, for browsers that look before a page does. */
const GONE = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
})()));
`;

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * Files under `assets/` carry a hash in their name and may be kept for ever. They are most of what a crowd asks for, so
 * they are looked for before anything else.
 */
export function webAssets(folder: string): RequestHandler {
  const files = join(folder, 'assets');
  const kept = express.static(files, { immutable: true, maxAge: YEAR_MS, index: false, redirect: false });
  return Router().use('/assets', keptAssets(files), kept, () => {
    throw nothingHere();
  });
}

const nothingHere = () => refuse('not-found', 'there is nothing here');

/**
 * WB4: whether an address that is no file is a view of the page: it is written plainly, so that it means the same to
 * whoever reads it, and does not lie below `assets/`.
 */
function isView(path: string): boolean {
  const parts = plainly(path)?.split('/').slice(1);
  if (!parts) return false;
  const isWhole = parts.every((part, i) => (part !== '' || i === parts.length - 1) && part !== '.' && part !== '..');
  return isWhole && parts[0]?.toLowerCase() !== 'assets' && !/\.[a-z0-9]+$/i.test(path);
}

/** What a path says. @returns undefined: nothing that a view is called */
function plainly(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    // A separator that was encoded, or is one elsewhere, and what no name has in it.
    const isPlain = text.split('/').length === path.split('/').length && !/[\\\p{Cc}]/u.test(text);
    return isPlain ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * All else of the built page: what is not a file is a view of the page and gets `index.html`, fresh each time.
 * @param worker whether browsers hold the shell; if not, those that do let it go
 */
export function webApp(folder: string, { worker }: { worker: boolean }): RequestHandler {
  const router = Router();
  const index = join(folder, 'index.html');
  if (!worker)
    router.get('/sw.js', (_request, response) => {
      response
        .set({ 'cache-control': 'no-cache', [SHELL_HEADER]: 'off' })
        .type('text/javascript')
        .send(GONE);
    });
  router.use(express.static(folder, { index: false, maxAge: 0, redirect: false }));
  router.use((request, response, next) => {
    const asked = request.method === 'GET' || request.method === 'HEAD';
    if (!asked || !isView(request.path) || !request.accepts('html')) return next(nothingHere());
    if (!existsSync(index)) return next(refuse('not-found', 'the page is not built: run "npm run build -w web"'));
    // By its name under a root: of a whole path `sendFile` refuses each part that begins with a dot, also above the
    // checkout.
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}
