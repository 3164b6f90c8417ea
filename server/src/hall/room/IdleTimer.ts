/** Ends a room that nobody is in. */
export class IdleTimer {
  readonly #end: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(end: () => void) {
    this.#end = end;
  }

  endIn(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#end, seconds * 1000);
    this.#timer.unref();
  }
  stop(): void {
    clearTimeout(this.#timer);
  }
}
