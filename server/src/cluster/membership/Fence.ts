import { uptime } from 'node:os';
import { every } from '../../lib/every.ts';
import type { Logger } from '../../observability/logger.ts';
import { LEASE_MS } from './lease.ts';

const BEAT_EVERY_MS = 500;
const AGAIN_MS = 500;

/** What a node gives up and does again when it was stopped. */
export interface Fenced {
  /** Ends the connections of its devices, which come back by themselves. */
  readonly cut: () => void;
  /** Reads what others have done meanwhile. */
  readonly catchUp: () => Promise<void>;
}

export interface FenceOptions {
  /** Whether others were living when this node last looked. */
  readonly hasOthers: () => boolean;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
  /** Clocks in ms of which one at least counts whatever may stop a node. */
  readonly clocks?: readonly (() => number)[];
}

/** The first goes on while a process is stopped, the second also while the machine is. */
const CLOCKS = [() => performance.now(), () => uptime() * 1_000];

/**
 * CL8: a node that was stopped for longer than its lease does not know what it is told to be true, since the others went on
 * without it. It finds that out before it obeys anybody: what came in meanwhile may be read before any timer runs.
 */
export class Fence {
  readonly #options: FenceOptions;
  readonly #clocks: readonly (() => number)[];
  readonly #beat: { close(): void };
  #last: readonly number[];
  #fenced: Fenced | undefined;
  #up = false;
  #closed = false;

  private constructor(options: FenceOptions) {
    this.#options = options;
    this.#clocks = options.clocks ?? CLOCKS;
    this.#last = this.#now();
    this.#beat = every(
      BEAT_EVERY_MS,
      () => this.isUp(),
      () => undefined,
    );
  }

  static create(options: FenceOptions): Fence {
    return new Fence(options);
  }

  /** From now on there is somebody to be cut. */
  guard(fenced: Fenced): void {
    this.#fenced = fenced;
  }

  /** Whether nobody is to be obeyed at this moment. */
  isUp(): boolean {
    const now = this.#now();
    const paused = Math.max(...now.map((at, i) => at - (this.#last[i] ?? at)));
    this.#last = now;
    if (paused >= LEASE_MS && this.#options.hasOthers()) this.#raise(paused);
    return this.#up;
  }

  close(): void {
    this.#closed = true;
    this.#beat.close();
  }

  #now(): readonly number[] {
    return this.#clocks.map((clock) => clock());
  }

  #raise(pausedMs: number): void {
    const fenced = this.#fenced;
    if (!fenced || this.#closed) return;
    const { logger } = this.#options;
    logger.warn(
      { pausedMs: Math.round(pausedMs) },
      'this node was stopped; its devices come back when it has caught up',
    );
    fenced.cut();
    if (this.#up) return;
    this.#up = true;
    void this.#recover(fenced);
  }

  async #recover({ catchUp }: Fenced): Promise<void> {
    for (let tries = 1; !this.#closed; tries++) {
      try {
        await catchUp();
        break;
      } catch (err) {
        if (tries === 1)
          this.#options.logger.warn({ err }, 'it could not catch up; it tries again, and lets nobody in');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    this.#up = false;
    this.#options.logger.info('it has caught up');
  }
}
