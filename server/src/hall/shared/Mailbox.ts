/**
 * A serial queue: what changes one participant's negotiation or view is done one after the other, in the order it came.
 * A step that fails is told to `failed`, and the next goes on.
 */
export class Mailbox {
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #failed: (what: string, error: unknown) => void;

  constructor(failed: (what: string, error: unknown) => void) {
    this.#failed = failed;
  }

  /** Resolves when the step is done, also when it failed; a closed mailbox does nothing. */
  post(what: string, step: () => unknown): Promise<void> {
    const done = this.#last.then(async () => {
      if (this.#closed) return;
      try {
        await step();
      } catch (error) {
        if (!this.#closed) this.#failed(what, error);
      }
    });
    this.#last = done;
    return done;
  }

  /** Steps that wait are forgotten; the one that runs ends by itself. */
  close(): void {
    this.#closed = true;
  }
}
