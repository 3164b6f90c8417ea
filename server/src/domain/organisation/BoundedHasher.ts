import { DomainError } from '../../protocol/errors.ts';
import { HASHES } from './limits.ts';
import type { PasswordHasher } from './SignIn.ts';

interface Bounds {
  readonly atOnce: number;
  readonly waiting: number;
}

/**
 * PW4: each hash takes 19 MiB and a thread of four for some 40 ms, so only a few are made at once, and a bounded number
 * waits. Those of known devices go first.
 */
export class BoundedHasher implements PasswordHasher {
  readonly #hasher: PasswordHasher;
  readonly #bounds: Bounds;
  readonly #first: (() => void)[] = [];
  readonly #others: (() => void)[] = [];
  #running = 0;

  constructor(hasher: PasswordHasher, bounds: Bounds = HASHES) {
    this.#hasher = hasher;
    this.#bounds = bounds;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => this.#hasher.hash(password), false);
  }

  /** @throws DomainError `busy` when as many wait as may */
  verify(hash: string, password: string, known = false): Promise<boolean> {
    return this.#inTurn(() => this.#hasher.verify(hash, password), known);
  }

  async #inTurn<T>(work: () => Promise<T>, known: boolean): Promise<T> {
    if (this.#running >= this.#bounds.atOnce) await this.#wait(known ? this.#first : this.#others);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place.
      const next = this.#first.shift() ?? this.#others.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #wait(line: (() => void)[]): Promise<void> {
    if (line.length < this.#bounds.waiting) return new Promise((resolve) => line.push(resolve));
    const message = 'many sign in at this moment: try again in some seconds';
    throw new DomainError('busy', message, { retryAfterSeconds: HASHES.retrySeconds });
  }
}
