/**
 * Closes what was opened, last first. A composition root puts each acquired thing here at once, so that a start which fails
 * half-way leaves nothing behind.
 */
export class Closer {
  #steps: { readonly name: string; readonly close: () => unknown }[] = [];
  #closing: Promise<void> | undefined;
  readonly #failed: (name: string, error: unknown) => void;

  constructor(failed: (name: string, error: unknown) => void) {
    this.#failed = failed;
  }

  /** Hands the thing back, so that it reads `const pool = closer.own('postgres', await Postgres.create())`. */
  own<T extends { close(): unknown }>(name: string, thing: T): T {
    this.defer(name, () => thing.close());
    return thing;
  }

  defer(name: string, close: () => unknown): void {
    this.#steps.push({ name, close });
  }

  /** Never rejects: a step that fails is told to `failed`, and the next goes on. May run twice. */
  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.close();
      } catch (error) {
        this.#failed(step.name, error);
      }
    }
  }
}
