import { atOnce } from '../../../lib/slices.ts';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { periodAfter } from '../periods.ts';
import { againstOf } from './againstOf.ts';

type Change = NonNullable<FigureCard['change']>;
interface Known {
  readonly period: number;
  readonly n: number;
  readonly changes: ReadonlyMap<string, Change>;
}

/**
 * FG142: how a figure has changed against the period before, in each territory: computed in one walk for all of them when somebody
 * looks, and again when something was said (FG24).
 */
export class CardChanges {
  readonly #live: LiveFigures;
  /** By indicator and period. */
  readonly #known = new Map<string, Known>();

  constructor(live: LiveFigures) {
    this.#live = live;
    live.on('reloaded', () => this.#known.clear());
  }

  /** @param period that is shown, and in memory @returns null: it is not known */
  of(indicator: Indicator, period: number, root: number): Change | null {
    if (indicator.every === 'once') return null;
    const { layout } = this.#live;
    const n = this.#live.newest(indicator)?.n ?? 0;
    if (layout.isLeaf(root)) return this.#changes(indicator, period, root).get(layout.units[root]?.code ?? '') ?? null;
    const key = `${indicator.code} ${period}`;
    const known = this.#known.get(key);
    if (known?.n === n) return known.changes.get(layout.units[root]?.code ?? '') ?? null;
    const changes = new Map<string, Change>();
    for (let top = 0; top < layout.size; top = layout.ends[top] ?? layout.size)
      for (const [code, change] of this.#changes(indicator, period, top)) changes.set(code, change);
    this.#known.delete(key);
    this.#known.set(key, { period, n, changes });
    for (const [oldest] of this.#known) {
      if (this.#known.size <= CHANGES_KEPT) break;
      this.#known.delete(oldest);
    }
    return changes.get(layout.units[root]?.code ?? '') ?? null;
  }

  #changes(indicator: Indicator, period: number, root: number): Map<string, Change> {
    const { layout, definitions } = this.#live;
    const at = (start: number) => ({ indicator, period: start, cells: this.#live.cellsNow(indicator, start) });
    const before = at(periodAfter(indicator.every, period, -1));
    const { upper } = atOnce(againstOf({ layout, definitions }, root, at(period), before));
    return new Map(
      upper.flatMap(({ unit, now, before: then, both }) =>
        now === null || then === null ? [] : [[unit, { now, before: then, both }]],
      ),
    );
  }
}

const CHANGES_KEPT = 256;
