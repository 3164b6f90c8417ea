import type { LineQuality } from '../../protocol/presence.ts';
import { MINUTE_MS, type WeakMinute } from './events.ts';

interface Unit {
  /** Media by device. */
  readonly lines: Map<string, LineQuality>;
  weakSince: number | undefined;
  /** Minute -> milliseconds so far. */
  readonly minutes: Map<number, number>;
}

/** AT8: how long each unit of one briefing had media and no good line, by minute. */
export class WeakTime {
  readonly #units = new Map<string, Unit>();
  readonly #changed = new Set<string>();

  line(unit: string, identity: string, line: LineQuality | 'off', now: number): void {
    let entry = this.#units.get(unit);
    if (!entry) {
      entry = { lines: new Map(), weakSince: undefined, minutes: new Map() };
      this.#units.set(unit, entry);
    }
    if (line === 'off') entry.lines.delete(identity);
    else entry.lines.set(identity, line);
    const weak = entry.lines.size > 0 && ![...entry.lines.values()].includes('good');
    if (!weak) this.#spend(unit, entry, now);
    entry.weakSince = weak ? (entry.weakSince ?? now) : undefined;
  }

  /** Sums that grew since the last call; those of minutes that are past are forgotten. */
  take(now: number): Omit<WeakMinute, 'boot' | 'briefing'>[] {
    for (const [unit, entry] of this.#units) {
      this.#spend(unit, entry, now);
      if (entry.weakSince !== undefined) entry.weakSince = now;
    }
    const sums = [...this.#changed].flatMap((unit) => {
      const minutes = this.#units.get(unit)?.minutes ?? [];
      return [...minutes].map(([minute, ms]) => ({ unit, minute, ms }));
    });
    for (const unit of this.#changed) {
      const minutes = this.#units.get(unit)?.minutes;
      for (const minute of minutes?.keys() ?? []) if (minute + MINUTE_MS <= now) minutes?.delete(minute);
    }
    this.#changed.clear();
    return sums;
  }

  /** AT4: nothing is known of the time until now; what was weak is weak from here, and sums begin anew. */
  restart(now: number): void {
    for (const entry of this.#units.values()) {
      entry.minutes.clear();
      if (entry.weakSince !== undefined) entry.weakSince = now;
    }
  }

  #spend(unit: string, entry: Unit, now: number): void {
    if (entry.weakSince === undefined) return;
    for (let from = entry.weakSince; from < now; ) {
      const minute = from - (from % MINUTE_MS);
      const to = Math.min(now, minute + MINUTE_MS);
      entry.minutes.set(minute, (entry.minutes.get(minute) ?? 0) + to - from);
      this.#changed.add(unit);
      from = to;
    }
  }
}
