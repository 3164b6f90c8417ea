/**
 * For how long something has not changed, as this node has seen it: by its own monotonic clock, so that no step of
 * PostgreSQL's clock makes a carrier look dead, or a dead one alive.
 */
export class Watch {
  readonly #seen = new Map<string, { readonly beat: string; readonly at: number }>();

  /** A look that was answered just now. */
  saw(what: string, beat: string): void {
    if (this.#seen.get(what)?.beat !== beat) this.#seen.set(what, { beat, at: performance.now() });
  }

  /** ms; 0 when it is not what was seen last. */
  silentMs(what: string, beat: string): number {
    const seen = this.#seen.get(what);
    return seen?.beat === beat ? performance.now() - seen.at : 0;
  }

  forget(what: string): void {
    this.#seen.delete(what);
  }
}
