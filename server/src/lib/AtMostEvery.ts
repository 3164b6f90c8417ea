/** Does something soon after it was wanted first, and at most once in so many milliseconds. */
export class AtMostEvery {
  readonly #ms: number;
  readonly #task: () => void;
  #timer: NodeJS.Timeout | undefined;
  #doneAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(ms: number, task: () => void) {
    this.#ms = ms;
    this.#task = task;
  }

  want(): void {
    if (this.#timer || this.#closed) return;
    const wait = Math.max(0, this.#doneAt + this.#ms - performance.now());
    this.#timer = setTimeout(() => this.#do(), wait).unref();
  }

  /** May run twice. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #do(): void {
    this.#timer = undefined;
    this.#doneAt = performance.now();
    this.#task();
  }
}
