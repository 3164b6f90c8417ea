import { randomUUID } from 'node:crypto';
import type { Logger } from '../../../observability/logger.ts';
import { DomainError, isAway } from '../../../protocol/errors.ts';
import type { BatchAnswer } from '../../../protocol/figureBatch.ts';
import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import type { Pulled, PullFault } from '../../../protocol/figurePull.ts';
import { kindOf } from '../definitions.ts';
import type { FigureIntake } from '../FigureIntake.ts';
import type { FigureDefinitions } from '../facts.ts';
import { isCutOff } from '../formats/CutOff.ts';
import { readBatch } from '../formats/readBatch.ts';
import { PULLS } from '../limits.ts';
import { nextAsk } from './nextAsk.ts';
import {
  type AskSource,
  type ClaimedPull,
  type ListedSource,
  PullFailure,
  type PullOutcome,
  type PullStore,
} from './ports.ts';

interface Parts<S extends ListedSource> {
  /** FG40: what an operator has listed; nothing else is ever asked. */
  readonly listed: readonly S[];
  readonly ask: AskSource<S>;
  readonly store: PullStore;
  readonly intake: Pick<FigureIntake, 'admit' | 'take'>;
  readonly definitions: () => Pick<FigureDefinitions, 'sources'>;
  /** A source is due again in so many ms. */
  readonly again: (source: string, inMs: number) => void;
  /** What came, for who watches the machines. */
  readonly came: (outcome: Pulled, answer: BatchAnswer | undefined) => void;
  readonly random?: () => number;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

type Taken = Pick<PullOutcome, 'came' | 'errors' | 'etag' | 'modified'> & { readonly answer?: BatchAnswer };

/**
 * FG40: sources whose platform cannot send are asked, each by one node at a time, and what they answer comes in by the one
 * way in which all figures come in. A node that dies leaves a lease that ends; what it had recorded is said again then, and
 * is nothing new.
 */
export class FigurePulls<S extends ListedSource> {
  readonly #o: Parts<S>;
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  /** Some were due while as many were asked as may be. */
  #hasMore = false;

  constructor(parts: Parts<S>) {
    this.#o = parts;
  }

  /** @throws DomainError `store-unavailable` */
  async begin(): Promise<void> {
    if (this.#o.listed.length > 0) await this.#o.store.begin(this.#o.listed);
  }

  /** Begins with what is due, a few at once; each of those that are left when one of them has answered. @throws DomainError `store-unavailable` */
  async look(): Promise<void> {
    const ready = this.#o.listed.filter(({ source }) => !this.#running.has(source) && this.#sourceOf(source));
    if (ready.length === 0) return;
    for (const code of await this.#o.store.due(ready.map(({ source }) => source))) {
      const listed = ready.find(({ source }) => source === code);
      if (this.#stop.signal.aborted) return;
      if (!listed || this.#running.has(code)) continue;
      this.#hasMore = this.#running.size >= PULLS.atOnce;
      if (this.#hasMore) return;
      const run = this.#pull(listed)
        .catch((err: unknown) => this.#o.logger.error({ err, source: code }, 'a source of figures could not be asked'))
        .finally(() => this.#free(code));
      this.#running.set(code, run);
    }
  }

  async #free(code: string): Promise<void> {
    this.#running.delete(code);
    if (!this.#hasMore || this.#stop.signal.aborted) return;
    this.#hasMore = false;
    await this.look().catch((err: unknown) => this.#o.logger.warn({ err }, 'sources are asked at the next look'));
  }

  /** Resolves when all that is asked now, and what waits behind it, has answered. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Lets go of what is being asked, and waits until it has. May run twice. */
  close(): Promise<void> {
    this.#stop.abort();
    return this.idle();
  }

  /** As it is on record; one that brings its figures in another way is not asked. */
  #sourceOf(code: string): FigureSource | undefined {
    const source = this.#o.definitions().sources.get(code);
    return source && kindOf(source) === 'pull' ? source : undefined;
  }

  async #pull(listed: S): Promise<void> {
    const { store, random = Math.random, logger, again, came } = this.#o;
    const source = this.#sourceOf(listed.source);
    const claimed = source && (await store.claim(listed, PULLS.leaseMs));
    if (!claimed) return;
    let taken: Taken;
    let retryAfterMs = 0;
    try {
      taken = await this.#take(listed, source, claimed);
      logger.info({ source: source.code, came: taken.came }, 'a source of figures was asked');
    } catch (err) {
      if (this.#stop.signal.aborted) return await store.release(source.code, claimed.lease);
      const failure = failureOf(err);
      const came = { is: 'failed', fault: failure.fault, status: failure.status } as const;
      logger.warn(
        { err, source: source.code, fault: failure.fault },
        'a source of figures was asked, and nothing came',
      );
      retryAfterMs = failure.retryAfterMs;
      taken = { came, errors: [], etag: claimed.etag, modified: claimed.modified };
    }
    const failures = taken.came.is === 'failed' ? claimed.failures + 1 : 0;
    const againInMs = nextAsk({ everyMs: listed.everyMs, failures, retryAfterMs }, random);
    const { answer, ...result } = taken;
    await store.done(source.code, claimed.lease, { ...result, at: claimed.at, failures, againInMs });
    came(taken.came, answer);
    again(source.code, againInMs);
  }

  #take(listed: S, source: FigureSource, { lease, ...known }: ClaimedPull): Promise<Taken> {
    const { intake, ask } = this.#o;
    return intake.admit(source, async () => {
      const said = await ask(listed, known, this.#stop.signal);
      if (said.is === 'not-modified') return { came: said, errors: [], etag: known.etag, modified: known.modified };
      const { rows, unread, hash } = await readBatch(said.bytes, listed.type, said.packed);
      const { mode, reason } = listed;
      const answer = await intake.take(source, rows, {
        ...{ key: randomUUID(), kind: 'pull', mode, dryRun: false, by: source.name, unread, lease },
        ...{ bodyHash: hash.toString('hex'), ...(reason !== undefined && { reason }) },
      });
      const { n, accepted, held, unchanged, refused, errors } = answer;
      // What was refused may be right tomorrow, as a unit that is known then, though the source has nothing newer.
      const { etag, modified } = refused === 0 ? said : { etag: null, modified: null };
      return { answer, came: { is: 'taken', n, accepted, held, unchanged, refused }, errors, etag, modified };
    });
  }
}

const REASONS = new Map<string, PullFault>([
  ['too-large', 'too-large'],
  ['bad-request', 'malformed'],
  ['rate-limited', 'busy'],
  ['node-full', 'busy'],
]);

/** @throws what is not of the source: then nothing is said of it, and its lease ends by itself */
function failureOf(error: unknown): PullFailure {
  if (error instanceof PullFailure) return error;
  if (error instanceof DomainError && error.cause instanceof PullFailure) return error.cause;
  if (isAway(error) || (error instanceof DomainError && error.reason === 'conflict')) throw error;
  if (isCutOff(error)) return new PullFailure('cut-off', 'the end of its answer is missing', { cause: error });
  const fault = error instanceof DomainError ? REASONS.get(error.reason) : undefined;
  return new PullFailure(fault ?? 'internal', 'nothing of it was taken', { cause: error });
}
