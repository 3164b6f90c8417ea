import type { Logger } from '../../observability/logger.ts';
import type { DueDelivery, HookGatherer, HookOutcome, HookQueue } from './ports.ts';
import { nextAttempt, restAfter } from './retry.ts';
import { signatureHeaders } from './sign.ts';
import { mayStay, tellHook } from './tell.ts';

/** Longer than an attempt takes at most; a node that died is followed after that. */
const LEASE_SECONDS = 20;
/** Of one hook before another look at who has it. */
const RUN = 200;
/** Hooks that one node delivers to at the same time. */
const SIDE_BY_SIDE = 32;
/** Chunks of the record that one look reads. */
const READS = 20;

interface HookSenderParts {
  readonly gatherer: HookGatherer;
  readonly queue: HookQueue;
  readonly boot: string;
  /** One attempt; never rejects for what the receiver did. */
  readonly post: (
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    stop: AbortSignal,
  ) => Promise<HookOutcome>;
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Queues what the record says for hooks, and delivers it: at least once, each hook at one node and in the order of its
 * acts as long as its receiver takes them, hooks side by side. (WH1, WH2, WH8, WH9)
 */
export class HookSender {
  readonly #parts: HookSenderParts;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(parts: HookSenderParts) {
    this.#parts = parts;
  }

  /** Reads on in the record, and begins with what is due. */
  async look(): Promise<void> {
    const { gatherer, queue, boot, logger } = this.#parts;
    if (this.#stop.signal.aborted) return;
    for (let read = 0; read < READS && (await gatherer.gather(tellHook, mayStay)); read++);
    if (this.#running.size >= SIDE_BY_SIDE) return;
    for (const hook of await queue.claim(boot, LEASE_SECONDS)) {
      if (this.#running.has(hook)) continue;
      const run = this.#run(hook)
        .catch((err: unknown) => logger.warn({ err, hook }, 'a hook could not be served; the next look tries again'))
        .finally(() => this.#running.delete(hook));
      this.#running.set(hook, run);
    }
  }

  forget(): Promise<void> {
    return this.#parts.queue.forget();
  }

  /** Attempts under way are broken off, and made again by the next that looks. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.values());
  }

  async #run(hook: string): Promise<void> {
    const { queue, boot } = this.#parts;
    for (let i = 0; i < RUN && !this.#stop.signal.aborted; i++) {
      const due = await queue.next(hook, boot, LEASE_SECONDS);
      if (!due || !(await this.#attempt(due))) break;
    }
    await queue.release(hook, boot);
  }

  /** @returns whether the receiver took it */
  async #attempt(due: DueDelivery): Promise<boolean> {
    const { queue, post, now, random, logger } = this.#parts;
    const { hook, url, secrets, event, body, failures } = due;
    const headers = signatureHeaders(secrets, due, Math.floor(now() / 1000));
    const outcome = await post(url, headers, body, this.#stop.signal);
    if (outcome.is === 'delivered') {
      await queue.delivered(due);
      return true;
    }
    if (this.#stop.signal.aborted) return false;
    const { fault, status, retryAfter } = outcome;
    const attempts = due.attempts + 1;
    const again = nextAttempt(attempts, retryAfter, random());
    await queue.failed(
      due,
      status === undefined ? fault : `${fault} ${status}`,
      again,
      restAfter(failures, retryAfter),
    );
    if (fault === 'gone') await queue.stop(hook, 'gone');
    if (fault === 'gone' || again === undefined)
      logger.warn({ hook, event, fault, status, attempts }, 'a hook could not be delivered');
    return false;
  }
}
