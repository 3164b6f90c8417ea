/**
 * Throttle that sends the first value at once and then at most one per interval, always the newest: a value that was
 * superseded while it waited is never sent.
 */
export class LatestSender<T> {
  readonly #everyMs: number;
  readonly #send: (value: T) => void;
  #sentAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs: number, send: (value: T) => void) {
    this.#everyMs = everyMs;
    this.#send = send;
  }

  push(value: T): void {
    this.drop();
    const wait = this.#sentAt + this.#everyMs - performance.now();
    if (wait <= 0) this.#go(value);
    else this.#timer = setTimeout(() => this.#go(value), Math.ceil(wait));
  }

  /** Sends a value that no interval holds back and that begins none; a value that waits is superseded. */
  sendUnpaced(value: T): void {
    this.drop();
    this.#send(value);
  }

  /** Discards a value that waits. May run twice. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #go(value: T): void {
    this.#sentAt = performance.now();
    this.#send(value);
  }
}
