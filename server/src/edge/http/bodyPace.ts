import type { IncomingMessage, ServerResponse } from 'node:http';
import { ATTACHMENT_BYTES } from '../../protocol/limits.ts';

/** What a file must come with, at least, once its first seconds are over. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** Measured over so long: a poor line stands still for some seconds, and comes back. */
  readonly windowMs: number;
  /** And is over in any case. */
  readonly mostMs: number;
}

/**
 * A tenth of a line of 300 kbit/s: ten megabytes come over that one in less than five minutes, and over the poorest that
 * passes in three quarters of an hour. Whoever sends a byte now and then is cut off as before.
 */
export const UPLOAD_PACE: Pace = {
  bytesPerSecond: 4_000,
  windowMs: 30_000,
  mostMs: 60_000 + (ATTACHMENT_BYTES / 4_000) * 1_000,
};

const paced = new WeakSet<IncomingMessage>();

/**
 * HT13: a request must have come whole within a time, unless it is a file that somebody with a session or a key sends at a pace.
 * Node's own time limit knows no such difference, so it is off.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse, withinMs: number): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
  const timer = setTimeout(() => {
    if (request.complete || paced.has(request)) return;
    if (response.headersSent) request.destroy();
    else response.writeHead(408, { connection: 'close' }).end(() => request.destroy());
  }, withinMs);
  timer.unref();
  request.once('end', () => clearTimeout(timer));
}

/** Bytes of a file as they come. Breaks off, and hangs up, when they come too slowly; whoever stops reading still answers. */
export async function* atPace(request: IncomingMessage, pace: Pace = UPLOAD_PACE): AsyncGenerator<Buffer> {
  paced.add(request);
  const began = performance.now();
  let [since, bytes] = [began, 0];
  const watch = setInterval(() => {
    const now = performance.now();
    const tooSlow = now - since >= pace.windowMs && bytes < (pace.bytesPerSecond * (now - since)) / 1000;
    if (tooSlow || now - began > pace.mostMs) request.destroy(new Error('the file came too slowly'));
    if (now - since < pace.windowMs) return;
    since = now;
    bytes = 0;
  }, pace.windowMs / 6);
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += (piece as Buffer).length;
      yield piece as Buffer;
    }
  } finally {
    clearInterval(watch);
  }
}
