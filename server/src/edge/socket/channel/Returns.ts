import { COMEBACK_MS } from '../../../protocol/channelLimits.ts';
import { refuse } from '../../../protocol/errors.ts';

/** A page without a hint waits no longer than this at first. */
const LEAST_MS = 500;

export interface ReturnsParts {
  /** Connections that a node can let in, a second. */
  readonly perSecond: number;
  /** To every device that is connected to this node. */
  readonly tell: (withinMs: number) => void;
}

/**
 * CH11: within which time the devices of this node should come back when they lose it, and how many it lets in at once.
 */
export class Returns {
  readonly #parts: ReturnsParts;
  #devices = 0;
  #told = LEAST_MS;
  #admitting = 0;
  /** Since the door was last free. */
  #turnedAway = 0;

  constructor(parts: ReturnsParts) {
    this.#parts = parts;
  }

  /** What a device that has just connected has to know, ms; undefined: so few are here that it need not wait. */
  get hint(): number | undefined {
    return this.#told > LEAST_MS ? this.#told : undefined;
  }

  /** So many are connected now. Whoever is here is told when the time has doubled or halved. */
  count(devices: number): void {
    this.#devices = devices;
    const now = this.#within(devices);
    if (now < this.#told * 2 && now > this.#told / 2) return;
    this.#told = now;
    this.#parts.tell(now);
  }

  /** When the devices of this node are sent away, all at once: ms. */
  get window(): number {
    return this.#within(this.#devices);
  }

  /** When one is turned away: ms, longer with each of them. */
  turnAway(): number {
    this.#turnedAway += 1;
    return this.#within(this.#devices + this.#turnedAway);
  }

  /**
   * @throws DomainError `node-full` while as many as can be let in within a second are at the door; and what `work`
   *   throws
   */
  async admit(work: () => Promise<void>): Promise<void> {
    if (this.#admitting >= this.#parts.perSecond) throw refuse('node-full', 'too many connect at this moment');
    this.#admitting += 1;
    try {
      await work();
    } finally {
      this.#admitting -= 1;
      if (this.#admitting === 0) this.#turnedAway = 0;
    }
  }

  #within(devices: number): number {
    return Math.min(COMEBACK_MS, Math.max(LEAST_MS, Math.ceil((devices * 1000) / this.#parts.perSecond)));
  }
}
