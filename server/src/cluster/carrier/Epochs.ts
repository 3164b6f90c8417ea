/** CL30: what is said about a briefing under a lower epoch than the highest that this node has heard of is not obeyed. */
export class Epochs {
  readonly #highest = new Map<string, number>();

  /** Takes it as heard. */
  admits(briefing: string, epoch: number): boolean {
    if (epoch < (this.#highest.get(briefing) ?? 0)) return false;
    this.#highest.set(briefing, epoch);
    return true;
  }

  forget(briefing: string): void {
    this.#highest.delete(briefing);
  }
}
