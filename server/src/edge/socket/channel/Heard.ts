/** What may be asked of a set, whatever keeps it. */
interface Keys {
  readonly size: number;
  has(key: string): boolean;
  keys(): Iterable<string>;
}

/**
 * Who is connected to this node, by briefing: territories of officials, or units. Counted as they come and go, so that
 * nobody has to look through all sockets to find a few.
 */
export class Heard {
  readonly #counts = new Map<string, Map<string, number>>();

  enter(briefing: string, key: string): void {
    const counts = this.#counts.get(briefing) ?? new Map<string, number>();
    this.#counts.set(briefing, counts.set(key, (counts.get(key) ?? 0) + 1));
  }

  leave(briefing: string, key: string): void {
    const counts = this.#counts.get(briefing);
    const count = (counts?.get(key) ?? 0) - 1;
    if (count > 0) counts?.set(key, count);
    else counts?.delete(key);
    if (counts?.size === 0) this.#counts.delete(briefing);
  }

  of(briefing: string): string[] {
    return [...this.in(briefing).keys()];
  }

  /** As they are at any moment at which it is looked at. */
  in(briefing: string): Keys {
    return this.#counts.get(briefing) ?? NOBODY;
  }
}

const NOBODY: Keys = new Set();

/** What both have: as many steps as the smaller one has keys. */
export function common(a: Keys, b: Keys): string[] {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  const found: string[] = [];
  for (const key of few.keys()) if (many.has(key)) found.push(key);
  return found;
}
