import type { Logger } from '../observability/logger.ts';

export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/**
 * Runs the sweeps of this node, each by its own clock and never twice at once. They are no jobs of Redis on purpose: a sweep must not
 * depend on what it makes up for. What they do is idempotent, so that all nodes may run them.
 */
export class Sweeps {
  readonly #timers: NodeJS.Timeout[];
  readonly #running = new Map<string, Promise<void>>();
  readonly #failing = new Set<string>();
  readonly #logger: Logger;
  #closed = false;

  constructor(sweeps: readonly Sweep[], logger: Logger) {
    this.#logger = logger;
    this.#timers = sweeps.map((sweep) => setInterval(() => this.#start(sweep), sweep.everyMs));
  }

  /** Waits for those that run. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running.values());
  }

  #start(sweep: Sweep): void {
    if (this.#closed || this.#running.has(sweep.name)) return;
    const run = this.#run(sweep).finally(() => this.#running.delete(sweep.name));
    this.#running.set(sweep.name, run);
  }

  /** Says once that it fails and once that it works again, not every few seconds. */
  async #run({ name, run }: Sweep): Promise<void> {
    try {
      await run();
      if (this.#failing.delete(name)) this.#logger.info({ sweep: name }, 'a sweep works again');
    } catch (err) {
      if (!this.#failing.has(name)) this.#logger.warn({ err, sweep: name }, 'a sweep failed; it is tried again');
      this.#failing.add(name);
    }
  }
}
