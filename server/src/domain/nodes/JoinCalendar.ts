const SECOND_MS = 1_000;

/** How many are let in, in which second. No second is given to more than the rate. */
export class JoinCalendar {
  readonly #perSecond: number;
  readonly #given = new Map<number, number>();
  #tidied = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** The first second with room, from this moment on. @returns when it begins, or this moment */
  firstFree(from: number): number {
    let second = Math.floor(from / SECOND_MS);
    while ((this.#given.get(second) ?? 0) >= this.#perSecond) second += 1;
    return Math.max(from, second * SECOND_MS);
  }

  /** Counts somebody who comes in then, whether or not there is room. */
  take(at: number, now: number): void {
    const second = Math.floor(at / SECOND_MS);
    this.#given.set(second, (this.#given.get(second) ?? 0) + 1);
    this.#tidy(Math.floor(now / SECOND_MS));
  }

  /** What is over is forgotten. */
  #tidy(second: number): void {
    if (second === this.#tidied) return;
    this.#tidied = second;
    for (const key of this.#given.keys()) if (key < second) this.#given.delete(key);
  }
}
