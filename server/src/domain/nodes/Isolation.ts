export interface IsolationPorts {
  /** Whether this node knows which others live; while it does not reach Redis, it does not. */
  readonly knowsOthers: () => boolean;
  /** Whether others may be living all the same. */
  readonly mayHaveOthers: () => boolean;
  /** Whether it sends media to others, and for so long, milliseconds, none of them has said that anything comes. */
  readonly isUnheard: (forMs: number) => boolean;
  /** Tells all who are seen or heard here to connect anew. @returns how many */
  readonly sendAway: () => number;
  /** A clock that is never set, ms. */
  readonly elapsed?: () => number;
}

/** Reports of pictures come at least every second and a half. */
const UNHEARD_MS = 4_000;
/** Whoever came back here meanwhile, since nobody else lets them in, stays for so long. */
const AGAIN_MS = 30_000;

/**
 * Notices that this node reaches neither Redis nor, by media, any other node. Its speakers would speak to its own viewers
 * alone, so they are told to connect anew, and come to a node that reaches the others; its viewers follow by themselves. (CL72)
 */
export class Isolation {
  readonly #ports: IsolationPorts;
  readonly #elapsed: () => number;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(ports: IsolationPorts) {
    this.#ports = ports;
    this.#elapsed = ports.elapsed ?? (() => performance.now());
  }

  /** Each second. @returns how many were sent away */
  look(): number {
    const { knowsOthers, mayHaveOthers, isUnheard, sendAway } = this.#ports;
    if (knowsOthers() || !mayHaveOthers() || !isUnheard(UNHEARD_MS)) return 0;
    if (this.#elapsed() - this.#sentAt < AGAIN_MS) return 0;
    this.#sentAt = this.#elapsed();
    return sendAway();
  }
}
