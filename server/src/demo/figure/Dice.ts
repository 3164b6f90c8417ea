import { hash } from 'node:crypto';

/** Chance that falls the same way for the same seed (mulberry32), whatever else is thrown in between. */
export class Dice {
  #state: number;

  /** @param about what is thrown for: each has a chance of its own */
  constructor(seed: number, about: string) {
    this.#state = hash('sha256', `${seed}:${about}`, 'buffer').readUInt32LE();
  }

  /** From 0 to just under 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to just under `n`. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Up to `n` of them, each at most once. */
  some<T>(from: readonly T[], n: number): T[] {
    const left = [...from];
    return Array.from({ length: Math.min(n, left.length) }, () => left.splice(this.below(left.length), 1)[0] as T);
  }
}
