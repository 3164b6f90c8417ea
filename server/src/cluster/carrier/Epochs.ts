/**
 * CL30: what is said about a briefing under a lower epoch than the highest that this node has heard of is not obeyed, also
 * when the briefing is over: that comes late, too.
 */
export class Epochs {
  readonly #highest = new Map<string, number>();

  /** Takes it as heard. */
  admits(briefing: string, epoch: number): boolean {
    if (epoch < (this.#highest.get(briefing) ?? 0)) return false;
    this.#highest.set(briefing, epoch);
    return true;
  }
}
