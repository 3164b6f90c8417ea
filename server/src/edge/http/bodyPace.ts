import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '../../protocol/errors.ts';
import { ATTACHMENT_BYTES } from '../../protocol/limits.ts';
import { askedLanguage } from './askedLanguage.ts';
import { problemIn } from './problems.ts';

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
const tooSlow = () => refuse('too-slow', { vi: 'Nội dung gửi lên đến quá chậm', en: 'the body came too slowly' });

/**
 * HT13: a request must have come whole within a time, unless it is a file that somebody with a session or a key sends at a pace.
 * Node's own time limit knows no such difference, so it is off.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse, withinMs: number): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
  const timer = setTimeout(() => {
    if (request.complete || paced.has(request)) return;
    if (response.headersSent) return void request.destroy();
    const language = askedLanguage(request.headers['accept-language']);
    const headers = {
      connection: 'close',
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'content-language': language,
      vary: 'accept-language',
    };
    response.writeHead(408, headers).end(JSON.stringify(problemIn(tooSlow(), language)), () => request.destroy());
  }, withinMs);
  timer.unref();
  request.once('end', () => clearTimeout(timer));
  request.once('close', () => clearTimeout(timer));
}

/**
 * Bytes of a file as they come; whoever stops reading still answers.
 * @throws DomainError `too-slow`, and leaves the connection to who answers
 */
export async function* atPace(request: IncomingMessage, pace: Pace = UPLOAD_PACE): AsyncGenerator<Buffer> {
  paced.add(request);
  const pieces = request.iterator({ destroyOnReturn: false });
  const watch = new PaceWatch(pace);
  try {
    for (;;) {
      // Left alone when it was too slow: it ends with the connection.
      const { done, value } = await watch.unlessLate(pieces.next());
      if (done) return;
      watch.count((value as Buffer).length);
      yield value as Buffer;
    }
  } finally {
    watch.close();
  }
}

/** Whether a body keeps its pace. */
class PaceWatch {
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #late: (() => void) | undefined;

  constructor(pace: Pace) {
    const began = performance.now();
    let since = began;
    this.#timer = setInterval(() => {
      const now = performance.now();
      const slow = now - since >= pace.windowMs && this.#bytes < (pace.bytesPerSecond * (now - since)) / 1000;
      if (slow || now - began > pace.mostMs) this.#late?.();
      if (now - since < pace.windowMs) return;
      since = now;
      this.#bytes = 0;
    }, pace.windowMs / 6);
  }

  /** A promise of its own for each piece: one for all of them would keep what has waited for it. @throws DomainError `too-slow` */
  unlessLate<T>(next: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#late = () => reject(tooSlow());
      next.then(resolve, reject);
    });
  }

  count(bytes: number): void {
    this.#late = undefined;
    this.#bytes += bytes;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
