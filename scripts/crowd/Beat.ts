interface Waiting {
  readonly due: number;
  readonly signal: AbortSignal;
  readonly proceed: () => void;
  readonly stop: (reason: unknown) => void;
}

/** One timer for a whole crowd: a timer of each unit would wake the process hundreds of times a second. */
export class Beat {
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  #waiting: Waiting[] = [];
  #count = 0;

  /** @param everyMs between two beats */
  constructor(everyMs: number) {
    this.#timer = setInterval(() => this.#beat(), everyMs);
  }

  /** @param listener called at each beat @returns what ends that */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves so many beats later. @throws the reason of the signal, at the beat after it was given */
  after(beats: number, signal: AbortSignal): Promise<void> {
    return new Promise((proceed, stop) => {
      this.#waiting.push({ due: this.#count + beats, signal, proceed, stop });
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    this.#count += 1;
    for (const listener of this.#listeners) listener();
    const all = this.#waiting;
    this.#waiting = all.filter(({ due, signal }) => due > this.#count && !signal.aborted);
    for (const { due, signal, proceed, stop } of all) {
      if (signal.aborted) stop(signal.reason);
      else if (due <= this.#count) proceed();
    }
  }
}
