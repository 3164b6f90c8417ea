import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { ByteBudget, type ByteLimit, type ByteOwner, type HeldBytes } from '../../lib/ByteBudget.ts';
import { DomainError, refuse } from '../../protocol/errors.ts';
import { BODIES_IN_FLIGHT, BODY_BYTES, UNGATED_BODY_BYTES } from '../../protocol/limits.ts';
import { atPace } from './bodyPace.ts';
import type { Route, Uploaded } from './route.ts';

/** When somebody who was refused for what others hold may try again. */
const AGAIN_SECONDS = 5;
/** Of a body that nobody wants, bytes that are thrown away: a client that is cut off while it sends sees no answer. */
const THROWN_AWAY = { strangers: 256 * 1024, others: 64 * 1024 * 1024 } as const;

/** What a piece of a file costs beside its bytes. */
const PIECE_BYTES = 256;
/** Room for a short body. */
const LEAST_BYTES = 1_024;

type Kind = 'strangers' | 'acts' | 'files';

/** HT14: what a route reads before it is known that the caller's role may do this anywhere; and after it. */
export const bodyLimit = ({ right }: Pick<Route, 'right'>): number => (right ? BODY_BYTES : UNGATED_BODY_BYTES);

/**
 * HT14: routes that would read a large body of somebody of whom no right is known. A file needs one, or a key of a
 * program.
 */
export const ungated = (routes: readonly Route[]): string[] =>
  routes
    .filter(({ uploads, right, keyOf }) => uploads && !right && !keyOf)
    .map(({ method, path }) => `${method} ${path}`);

/** HT15: what all bodies of a node hold at one moment. */
export class Bodies {
  readonly #budgets: Readonly<Record<Kind, ByteBudget>> = {
    strangers: new ByteBudget(BODIES_IN_FLIGHT.strangers, { evicts: true }),
    acts: new ByteBudget(BODIES_IN_FLIGHT.acts, { evicts: true }),
    files: new ByteBudget(BODIES_IN_FLIGHT.files),
  };

  /** Bytes held now, by kind. */
  get held(): readonly (readonly [kind: string, bytes: number])[] {
    return Object.entries(this.#budgets).map(([kind, { held }]) => [kind, held]);
  }

  /** To be closed when the request is answered. @returns undefined: the route takes no body */
  open(
    request: IncomingMessage,
    route: Pick<Route, 'body' | 'uploads' | 'right'>,
    who: ByteOwner,
  ): OpenBody | undefined {
    if (!route.body && !route.uploads) return undefined;
    const kind: Kind = route.uploads ? 'files' : who.owner === undefined ? 'strangers' : 'acts';
    return new OpenBody(request, this.#budgets[kind], who, bodyLimit(route));
  }
}

/** The body of one request, and what it holds in memory. */
export class OpenBody {
  readonly #request: IncomingMessage;
  readonly #limit: number;
  readonly #held: HeldBytes;
  #evicted: () => void = () => undefined;

  /** By `Bodies.open`. */
  constructor(request: IncomingMessage, budget: ByteBudget, who: ByteOwner, limit: number) {
    this.#request = request;
    this.#limit = limit;
    this.#held = budget.open(who, () => this.#evicted());
  }

  /** @throws DomainError `rate-limited`, `node-full` */
  hold(bytes: number): void {
    const limit = this.#held.take(bytes);
    if (limit) throw crowded(limit);
  }

  /** @returns `{}` where there is none @throws DomainError `too-large`, `bad-request`, `rate-limited`, `node-full` */
  async json(): Promise<unknown> {
    const text = await this.#text();
    if (text === '') return {};
    try {
      return JSON.parse(text);
    } catch (error) {
      throw refuse('bad-request', { vi: 'Nội dung gửi lên không phải JSON', en: 'the body is no JSON' }, error);
    }
  }

  /** Bytes as they come, at a pace. */
  file(type: string): Uploaded {
    return { type, bytes: this.#atPace(), hold: (bytes) => this.hold(bytes) };
  }

  async *#atPace(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of atPace(this.#request)) {
        this.hold(piece.length + PIECE_BYTES);
        yield piece;
      }
    } catch (error) {
      throw error instanceof DomainError ? error : refuse('bad-request', notWhole, error);
    }
  }

  /** Copied into one buffer as it comes, since a byte that comes alone takes a hundred. */
  #text(): Promise<string> {
    const request = this.#request;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let [buffer, size]: [Buffer, number] = [Buffer.alloc(0), 0];
    const broken = () => reject(refuse('bad-request', notWhole));
    const take = (piece: Buffer): void => {
      try {
        const wanted = size + piece.length;
        if (wanted > this.#limit) throw tooLarge(this.#limit);
        if (wanted > buffer.length) buffer = this.#grown(buffer.subarray(0, size), wanted);
        piece.copy(buffer, size);
        size = wanted;
      } catch (error) {
        reject(error);
      }
    };
    const end = () => resolve(buffer.toString('utf8', 0, size));
    this.#evicted = () => reject(crowded('address'));
    // Somebody before us has read it: it would never end.
    if (request.readableEnded) reject(new Error('the body was read before'));
    // Its sender has hung up while it was asked whose it is.
    if (request.destroyed) broken();
    request.on('data', take).once('end', end).once('error', broken).once('close', broken);
    const done = () => {
      request.off('data', take).off('end', end).off('error', broken).off('close', broken);
      buffer = Buffer.alloc(0);
    };
    promise.then(done, done);
    return promise;
  }

  #grown(buffer: Buffer, wanted: number): Buffer {
    const grown = Math.min(this.#limit, Math.max(wanted, 2 * buffer.length, LEAST_BYTES));
    this.hold(grown - this.#held.bytes);
    const larger = Buffer.allocUnsafeSlow(grown);
    buffer.copy(larger);
    return larger;
  }

  close(): void {
    this.#held.release();
  }
}

const notWhole = { vi: 'Nội dung gửi lên không đến đủ', en: 'the body did not come whole' };
const tooLarge = (most: number) =>
  refuse('too-large', {
    vi: `Nội dung gửi lên ở đây nhiều nhất ${most} byte`,
    en: `a body has at most ${most} bytes here`,
  });

function crowded(limit: ByteLimit): DomainError {
  const again = { retryAfterSeconds: AGAIN_SECONDS };
  if (limit === 'all')
    return new DomainError('node-full', { vi: 'Hiện có nhiều nơi cùng gửi', en: 'many send at this moment' }, again);
  const [vi, en] = limit === 'owner' ? ['Tài khoản hoặc khoá', 'account'] : ['Địa chỉ mạng', 'address'];
  const say = { vi: `${vi} này gửi quá nhiều cùng lúc`, en: `this ${en} sends too much at once` };
  return new DomainError('rate-limited', say, again);
}

/**
 * HT6: a body is JSON in UTF-8, and packed only where the route unpacks it.
 * @throws DomainError `bad-request`, `unsupported`
 */
export function demandReadable(request: Request, route: Pick<Route, 'body' | 'uploads' | 'inflates'>): void {
  if (!route.body && !route.uploads) return;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!route.inflates && encoding.toLowerCase() !== 'identity')
    throw refuse('unsupported', {
      vi: `Địa chỉ này không nhận nội dung nén (${encoding.slice(0, 20)})`,
      en: `this address takes no body that is packed (${encoding.slice(0, 20)})`,
    });
  if (!route.body) return;
  if (request.is('json') === false)
    throw refuse('bad-request', {
      vi: 'Content-Type phải là application/json',
      en: 'the body must be application/json',
    });
  const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(charset))
    throw refuse('unsupported', { vi: 'JSON phải là UTF-8', en: 'JSON is UTF-8' });
}

/** Throws away what still comes of a refused body, so that its sender sees the answer; it holds no memory meanwhile. */
export function throwAway(request: IncomingMessage, isStranger: boolean): void {
  if (request.complete || request.destroyed) return void request.resume();
  let bytes = 0;
  const most = isStranger ? THROWN_AWAY.strangers : THROWN_AWAY.others;
  const count = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes > most) request.destroy();
  };
  request.on('error', () => undefined);
  if (isStranger) request.on('data', count).resume();
  else void atItsPace(request, count);
}

/** A file may take longer than a request (HT13), also one that nobody wants. */
async function atItsPace(request: IncomingMessage, count: (piece: Buffer) => void): Promise<void> {
  try {
    for await (const piece of atPace(request)) count(piece);
  } catch {
    request.destroy();
  }
}
