import type { PresenceStore, SeenUnit } from '../../../src/domain/presence/ports.ts';

/** PR12, for a world without PostgreSQL. */
export class MemoryPresence implements PresenceStore {
  readonly #expected: (briefing: string) => readonly { readonly unit: string; readonly path: string }[];
  readonly #seen = new Map<string, Map<string, SeenUnit>>();
  readonly #aliveAt = new Map<string, Date>();

  constructor(expected: (briefing: string) => readonly { readonly unit: string; readonly path: string }[]) {
    this.#expected = expected;
  }

  async load(briefing: string) {
    const expected = this.#expected(briefing).map(({ unit: code, path }) => ({ code, path }));
    return { expected, seen: this.seen(briefing), aliveAt: this.#aliveAt.get(briefing) ?? null };
  }

  async save(briefing: string, rows: readonly SeenUnit[], aliveAt: Date): Promise<void> {
    const seen = this.#seen.get(briefing) ?? new Map<string, SeenUnit>();
    this.#seen.set(briefing, seen);
    for (const row of rows) {
      const before = seen.get(row.unit) ?? row;
      seen.set(row.unit, {
        unit: row.unit,
        firstSeen: new Date(Math.min(before.firstSeen.getTime(), row.firstSeen.getTime())),
        lastSeen: new Date(Math.max(before.lastSeen.getTime(), row.lastSeen.getTime())),
        present: row.lastSeen >= before.lastSeen ? row.present : before.present,
        joined: before.joined || row.joined,
      });
    }
    const alive = this.#aliveAt.get(briefing);
    if (!alive || aliveAt > alive) this.#aliveAt.set(briefing, aliveAt);
  }

  seen(briefing: string): readonly SeenUnit[] {
    return [...(this.#seen.get(briefing)?.values() ?? [])];
  }
}
