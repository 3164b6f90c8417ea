/** Territories whose officials are connected to this node, by briefing. */
export class Territories {
  readonly #counts = new Map<string, Map<string, number>>();

  enter(briefing: string, path: string): void {
    const counts = this.#counts.get(briefing) ?? new Map<string, number>();
    this.#counts.set(briefing, counts.set(path, (counts.get(path) ?? 0) + 1));
  }

  leave(briefing: string, path: string): void {
    const counts = this.#counts.get(briefing);
    const count = (counts?.get(path) ?? 0) - 1;
    if (count > 0) counts?.set(path, count);
    else counts?.delete(path);
    if (counts?.size === 0) this.#counts.delete(briefing);
  }

  of(briefing: string): string[] {
    return [...(this.#counts.get(briefing)?.keys() ?? [])];
  }
}
