import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface ListenerOptions {
  /** Paths of PEM files; both or none. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Time for a request's headers, and for the whole request: half-open sockets do not stay. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** The one HTTP(S) server of the process. Upgrades (`/rtc`, `/socket.io`) are taken by their own edges with `on('upgrade')`. */
export async function createListener(handle: RequestListener, options: ListenerOptions): Promise<Server> {
  const timeouts = { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: 32 * 1024 };
  if (!options.cert || !options.key) return createHttp(timeouts, handle);
  const [cert, key] = await Promise.all([readFile(options.cert), readFile(options.key)]);
  return createHttps({ ...timeouts, cert, key }, handle);
}

/** @returns the port, which is another than asked for when that was 0 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Stops taking connections, then ends those that idle and, after a moment, the rest. */
export async function closeListener(server: Server, patienceMs = 2_000): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(timer);
}
