import { RETURNS_PER_JOIN } from './limits.ts';

const SECOND_MS = 1_000;

/** Somebody new, or who was in before and has lost their node. */
export type Coming = 'new' | 'back';

interface Second {
  readonly new: number;
  readonly back: number;
}
const nobody: Second = { new: 0, back: 0 };

/**
 * How many are let in, in which second. Whoever is back waits for nobody who is new (PL22), and who is new is given what
 * those leave of the rate.
 */
export class JoinCalendar {
  readonly #perSecond: number;
  readonly #given = new Map<number, Second>();
  #tidied = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** The first second with room, from this moment on. @returns when it begins, or this moment */
  firstFree(from: number, coming: Coming): number {
    let second = Math.floor(from / SECOND_MS);
    while (!this.#hasRoom(this.#given.get(second) ?? nobody, coming)) second += 1;
    return Math.max(from, second * SECOND_MS);
  }

  /** Counts somebody who comes in then, whether or not there is room. */
  take(at: number, now: number, coming: Coming): void {
    const second = Math.floor(at / SECOND_MS);
    const given = this.#given.get(second) ?? nobody;
    this.#given.set(second, { ...given, [coming]: given[coming] + 1 });
    this.#tidy(Math.floor(now / SECOND_MS));
  }

  #hasRoom(given: Second, coming: Coming): boolean {
    return coming === 'back'
      ? given.back < this.#perSecond * RETURNS_PER_JOIN
      : given.new + given.back / RETURNS_PER_JOIN < this.#perSecond;
  }

  /** What is over is forgotten. */
  #tidy(second: number): void {
    if (second === this.#tidied) return;
    this.#tidied = second;
    for (const key of this.#given.keys()) if (key < second) this.#given.delete(key);
  }
}
