interface Waiting {
  /** By `performance.now`. */
  readonly due: number;
  readonly apply: () => void;
}

/**
 * FG106: what belongs to a picture comes with it: as much later as the picture waits before it is shown, in its order, and at once
 * where there is none.
 */
export class WithPicture {
  /** In milliseconds. */
  lag: () => number = () => 0;
  #waiting: readonly Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  take(apply: () => void): void {
    const now = performance.now();
    const due = Math.max(now + this.lag(), this.#waiting.at(-1)?.due ?? 0);
    if (due <= now) {
      apply();
      return;
    }
    this.#waiting = [...this.#waiting, { due, apply }];
    if (this.#waiting.length === 1) this.#wait();
  }

  /** What waits comes at once, since nothing is told any more. */
  close(): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { apply } of waiting) apply();
  }

  #wait(): void {
    const [first] = this.#waiting;
    if (first) this.#timer = setTimeout(() => this.#apply(), Math.max(0, first.due - performance.now()));
  }

  #apply(): void {
    const [first, ...others] = this.#waiting;
    this.#waiting = others;
    first?.apply();
    this.#wait();
  }
}
