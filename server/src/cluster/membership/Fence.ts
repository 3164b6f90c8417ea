import { every } from '../../lib/every.ts';
import { sinceBoot } from '../../lib/sinceBoot.ts';
import type { Logger } from '../../observability/logger.ts';
import { SURE_MS } from './Sightings.ts';

const BEAT_EVERY_MS = 500;
const AGAIN_MS = 500;
/** A gap between two beats that a busy moment does not explain. */
const HALT_MS = 2 * BEAT_EVERY_MS;

/** What a node gives up and does again when it was stopped. */
export interface Fenced {
  /** Ends the connections of its devices, which come back by themselves. */
  readonly cut: () => void;
  /** Reads what others have done meanwhile. */
  readonly catchUp: () => Promise<void>;
}

export interface FenceOptions {
  /** Whether others may be living, as far as this node knows. */
  readonly hasOthers: () => boolean;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
  /** Clocks in ms of which one at least counts whatever may stop a node. */
  readonly clocks?: readonly (() => number)[];
}

/**
 * The first (CLOCK_MONOTONIC) goes on while a process is stopped, the second (/proc/uptime, else CLOCK_BOOTTIME; in steps
 * of 10 ms) also while the machine is suspended.
 */
const CLOCKS = [() => performance.now(), sinceBoot];

type Reading = readonly number[];

/**
 * CL8: a node that was stopped until others may count it as dead does not know what it is told to be true, since they may
 * have gone on without it. It finds that out before it obeys anybody: what came in meanwhile may be read before any timer runs.
 */
export class Fence {
  readonly #options: FenceOptions;
  readonly #clocks: readonly (() => number)[];
  readonly #beat: { close(): void };
  /** When somebody last looked. */
  #last: Reading;
  /** When the last sign of life was sent that a store has: a lease in Redis, or a beat in PostgreSQL. */
  #renewed: Reading;
  /** Whether there were others then: what it reads first when it goes on may be a Redis that has lost them. */
  #hadOthers: boolean;
  #fenced: Fenced | undefined;
  #up = false;
  /** Stopped once more while it catches up: what it has read by then is old. */
  #again = false;
  #closed = false;

  private constructor(options: FenceOptions) {
    this.#options = options;
    this.#clocks = options.clocks ?? CLOCKS;
    this.#last = this.#renewed = this.#now();
    this.#hadOthers = options.hasOthers();
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

  /** A lease or a beat is sent. @returns to be told when its store has taken it */
  renewing(): () => void {
    const sent = this.#now();
    return () => {
      // The other store may have taken a later one meanwhile.
      this.#renewed = this.#renewed.map((at, i) => Math.max(at, sent[i] ?? at));
    };
  }

  /** Whether nobody is to be obeyed, and nothing to be said to other nodes, at this moment. */
  isUp(): boolean {
    const [last, now] = [this.#last, this.#now()];
    const [hadOthers, hasOthers] = [this.#hadOthers, this.#options.hasOthers()];
    this.#last = now;
    this.#hadOthers = hasOthers;
    const paused = since(last, now);
    if (paused >= HALT_MS && this.#isMissed(paused, last, now) && (hadOthers || hasOthers)) this.#raise(paused);
    return this.#up;
  }

  /** May run twice. */
  close(): void {
    this.#closed = true;
    this.#beat.close();
  }

  /**
   * Whether others may count it as dead since the gap: whoever looks for leases and beats saw its last one when that was
   * sent, or later, and waits for `SURE_MS` from then on. That they might before, since both stores are away, is no stop.
   */
  #isMissed(paused: number, last: Reading, now: Reading): boolean {
    const wasKnown = since(this.#renewed, last) < SURE_MS;
    return paused >= SURE_MS || (wasKnown && since(this.#renewed, now) >= SURE_MS);
  }

  #now(): Reading {
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
    const wasUp = this.#up;
    this.#up = this.#again = true;
    fenced.cut();
    if (!wasUp) void this.#recover(fenced);
  }

  async #recover({ catchUp }: Fenced): Promise<void> {
    for (let tries = 1; this.#again && !this.#closed; tries++) {
      this.#again = false;
      try {
        await catchUp();
        // It may have been stopped just now, and nobody has looked.
        this.isUp();
      } catch (err) {
        this.#again = true;
        if (tries === 1)
          this.#options.logger.warn({ err }, 'it could not catch up; it tries again, and lets nobody in');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    if (this.#closed) return;
    this.#up = false;
    this.#options.logger.info('it has caught up');
  }
}

const since = (then: Reading, now: Reading): number => Math.max(...now.map((at, i) => at - (then[i] ?? at)));
