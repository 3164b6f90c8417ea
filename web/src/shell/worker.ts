import { heldOf, mayBeKept } from './held.ts';

/**
 * The shell's worker (docs/protocol/shell.md, decision 047). It is built by itself into `/sw.js`, with the names of what
 * says that the server cannot be reached: files, and last the page that names them. When one of them has changed, the
 * worker has.
 */
declare const SHELL_FILES: readonly string[];

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
/** The types of workers and of pages exclude each other in one project; this is all that is used of them. */
const worker = self as unknown as {
  readonly location: Location;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
};

const CACHE = 'dh-shell';
const PAGE = '/unreachable.html';
/** A line that needs longer has been warmed by the page's own question when it asks again. */
const PATIENCE_MS = 15_000;
/** A proxy says it when the server behind it does not answer. */
const AWAY = [502, 503, 504];
const files = new Set(SHELL_FILES.filter((path) => path !== PAGE));

worker.addEventListener('install', (event) => event.waitUntil(begin()));
worker.addEventListener('activate', (event) => event.waitUntil(tidy()));
worker.addEventListener('fetch', (event) => {
  const held = heldOf(event.request, worker.location.origin, files);
  if (held === 'view') event.respondWith(view(event.request));
  if (held === 'file') event.respondWith(file(event.request));
});

/**
 * No page waits for the next worker: nothing of the app comes out of the cache. A line that breaks here leaves what the
 * worker before holds, and the page last: it is never there without its files.
 */
async function begin(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const path of SHELL_FILES) {
    const answer = await fetch(path, { cache: path === PAGE ? 'reload' : 'default' });
    if (!mayBeKept(answer, path === PAGE)) throw new Error(`${path} was answered with ${answer.status}`);
    await cache.put(path, answer);
  }
  await worker.skipWaiting();
}

/** What the build before had, and this one has not. */
async function tidy(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !files.has(pathname)) await cache.delete(request);
  }
}

/** The server's page, always; in its place only that there is none to be had now. */
async function view(request: Request): Promise<Response> {
  const asked = fetch(request);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  clearTimeout(timer);
  if (answer && !AWAY.includes(answer.status)) return answer;
  return (await kept(PAGE)) ?? asked;
}

async function file(request: Request): Promise<Response> {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request);
}

/** @returns undefined also when the browser's storage fails: then there is the line. */
async function kept(path: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(CACHE)).match(path, { ignoreVary: true });
  } catch {
    return undefined;
  }
}
