import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../observability/logger.ts';

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly body: string;
}
export interface WebhookQueueOptions {
  readonly url: string;
  readonly log: Logger;
  /** Authorization header for exactly this body, at this attempt, counted from 0. */
  readonly sign: (body: string, attempt: number) => Promise<string>;
  /** Pauses before each further attempt, ms; as many attempts as there are pauses, plus one. */
  readonly retryMs?: readonly number[];
  /** Events that may wait for this address, over all rooms; what comes on top is dropped. */
  readonly limit?: number;
  /** Time for one attempt, ms. */
  readonly timeoutMs?: number;
}

const RETRY_MS = [200, 1_000, 3_000, 10_000];
const LIMIT = 10_000;
const TIMEOUT_MS = 5_000;

/** Events on their way to one address: in order within a room, rooms side by side. */
export class WebhookQueue {
  readonly #options: Required<WebhookQueueOptions>;
  /** By room; the first of each is being delivered. */
  readonly #rooms = new Map<string, Delivery[]>();
  readonly #stop = new AbortController();
  #waiting = 0;
  #dropped = 0;

  constructor(options: WebhookQueueOptions) {
    this.#options = { retryMs: RETRY_MS, limit: LIMIT, timeoutMs: TIMEOUT_MS, ...options };
  }

  get waiting(): number {
    return this.#waiting;
  }
  get dropped(): number {
    return this.#dropped;
  }

  add(room: string, delivery: Delivery): void {
    if (this.#stop.signal.aborted) return;
    if (this.#waiting >= this.#options.limit) {
      this.#dropped += 1;
      if (this.#dropped % 1_000 === 1) this.#options.log.error({ dropped: this.#dropped }, 'webhook events dropped');
      return;
    }
    this.#waiting += 1;
    const queue = this.#rooms.get(room);
    if (queue) queue.push(delivery);
    else {
      const started = [delivery];
      this.#rooms.set(room, started);
      void this.#run(room, started);
    }
  }

  /** Resolves when nothing waits any more, or after `ms` milliseconds; then what is left is given up. */
  async close(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (this.#waiting > 0 && performance.now() < end) await sleep(20);
    this.#stop.abort();
  }

  async #run(room: string, queue: Delivery[]): Promise<void> {
    for (let next = queue[0]; next && !this.#stop.signal.aborted; next = queue[0]) {
      await this.#deliver(next);
      queue.shift();
      this.#waiting -= 1;
    }
    this.#rooms.delete(room);
  }

  async #deliver({ id, event, body }: Delivery): Promise<void> {
    const { retryMs, log } = this.#options;
    for (const [attempt, pause] of [...retryMs, undefined].entries()) {
      const failure = await this.#attempt(body, attempt);
      if (failure === undefined || this.#stop.signal.aborted) return;
      if (pause === undefined) log.error({ event, id, err: failure }, 'webhook given up');
      else await sleep(pause, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  /** What went wrong, if anything did. */
  async #attempt(body: string, attempt: number): Promise<unknown> {
    const { url, sign, timeoutMs } = this.#options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/webhook+json', Authorization: await sign(body, attempt) },
        body,
        redirect: 'error',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      return response.ok ? undefined : new Error(`it answered with status ${response.status}`);
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    }
  }
}
