import { atOnce } from '../../../lib/slices.ts';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { periodAfter } from '../periods.ts';
import { changesOf } from './againstOf.ts';

type Change = NonNullable<FigureCard['change']>;
interface Known {
  readonly n: number;
  readonly change: Change | null;
}

/**
 * FG142: how a figure has changed against the period before: computed once for all who look at the same territory, and again when
 * something was said (FG24).
 */
export class CardChanges {
  readonly #live: LiveFigures;
  /** By indicator, period and territory. */
  readonly #known = new Map<string, Known>();

  constructor(live: LiveFigures) {
    this.#live = live;
    live.on('reloaded', () => this.#known.clear());
  }

  /** @param period that is shown, and in memory @returns null: it is not known */
  of(indicator: Indicator, period: number, root: number): Change | null {
    if (indicator.every === 'once') return null;
    const n = this.#live.newest(indicator)?.n ?? 0;
    const key = `${indicator.code} ${period} ${root}`;
    const known = this.#known.get(key);
    if (known?.n === n) return known.change;
    const change = this.#change(indicator, period, root);
    this.#known.delete(key);
    this.#known.set(key, { n, change });
    for (const [oldest] of this.#known) {
      if (this.#known.size <= CHANGES_KEPT) break;
      this.#known.delete(oldest);
    }
    return change;
  }

  #change(indicator: Indicator, period: number, root: number): Change | null {
    const { layout, definitions } = this.#live;
    const at = (start: number) => ({ indicator, period: start, cells: this.#live.cellsNow(indicator, start) });
    const before = at(periodAfter(indicator.every, period, -1));
    const [own] = atOnce(changesOf({ layout, definitions }, root, at(period), before));
    return !own || own.now === null || own.before === null
      ? null
      : { now: own.now, before: own.before, both: own.both };
  }
}

/** Of all indicators and territories together. */
const CHANGES_KEPT = 1_024;
