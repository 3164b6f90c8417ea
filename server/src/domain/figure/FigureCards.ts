import { EventEmitter } from 'node:events';
import type { FigureCard, FigureComing } from '../../protocol/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { reaches } from './carriedOver.ts';
import { CardChanges } from './change/CardChanges.ts';
import { freshnessOf } from './freshness.ts';
import type { FigureMove, LiveFigures } from './LiveFigures.ts';
import { PERIODS_SHOWN } from './limits.ts';
import { periodAfter } from './periods.ts';
import { rollTree, upOf } from './rollTree.ts';
import { type ComingPeriod, periodsComing } from './shown/shownPeriod.ts';

/** Sums of the periods before the newest one, by place of the unit above. */
type Rolled = ReadonlyMap<number, number | null>;

/** FG10: what a card says of an indicator in a territory. */
export class FigureCards extends EventEmitter<{
  /** The periods before are there now. */
  warmed: [string];
  failed: [unknown];
}> {
  readonly #live: LiveFigures;
  readonly #changes: CardChanges;
  /** Indicator -> period -> sums. */
  readonly #former = new Map<string, Map<number, Rolled>>();
  readonly #warming = new Set<string>();
  /** How often something of an indicator's periods before was forgotten. */
  readonly #forgotten = new Map<string, number>();

  constructor(live: LiveFigures) {
    super();
    this.#live = live;
    this.#changes = new CardChanges(live);
    live.on('reloaded', () => this.#former.clear());
    live.on('moved', (moves) => {
      for (const move of moves) this.#forget(move);
    });
  }

  /** Periods whose sums are kept, of all indicators. */
  get kept(): number {
    return [...this.#former.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** @returns undefined: there is no such indicator, or nothing was ever said of it */
  card(code: string, root: number): FigureCard | undefined {
    const now = this.standing(code, root);
    const indicator = this.#live.definitions.indicators.get(code);
    if (!now || !indicator) return undefined;
    const { layout } = this.#live;
    const period = Date.parse(now.period);
    const former = this.#series(indicator, period, root);
    return {
      ...{ ...now, former: former.at(-1) ?? null, series: layout.isLeaf(root) ? [] : [...former, now.value] },
      change: this.#changes.of(indicator, period, root),
      ...(!layout.isLeaf(root) && breaksOf([...periodsBefore(indicator, period), period], layout.closings(root))),
    };
  }

  /** The same without the periods before, of which nothing is read for it. */
  standing(code: string, root: number): FigureCard | undefined {
    const { definitions, layout } = this.#live;
    const indicator = definitions.indicators.get(code);
    const shown = indicator && this.#live.shown(indicator, root);
    if (!indicator || !shown) return undefined;
    const { period, n, coming } = shown;
    const now = this.#live.now();
    const cells = this.#live.cellsNow(indicator, period);
    const [of] = rollTree(layout, root, cells, upOf(indicator, definitions.indicators));
    if (!of) return undefined;
    const { value, coverage, oldest, closed, share, unweighed } = of.rolled;
    const freshness = freshnessOf(indicator, period, now);
    const state = layout.isLeaf(root) ? cells.part(root).state : value === null ? 'none' : freshness;
    return {
      ...{ indicator: code, unit: layout.units[root]?.code ?? '', period: iso(period), n, value, coverage, state },
      ...{ former: null, series: [], oldest: oldest === null ? null : iso(oldest) },
      ...(closed && { closed }),
      ...(coming && { coming: comingTold(coming) }),
      ...(share !== undefined && { share }),
      ...(unweighed && { unweighed }),
    };
  }

  /** Of the periods before, the oldest first. What is not here is read, and told with `warmed`. */
  #series(indicator: Indicator, newest: number, root: number): (number | null)[] {
    const periods = periodsBefore(indicator, newest);
    const known = this.#former.get(indicator.code);
    if (periods.some((period) => !known?.has(period))) void this.#warm(indicator, periods);
    return periods.map((period) => known?.get(period)?.get(root) ?? null);
  }

  async #warm(indicator: Indicator, periods: readonly number[]): Promise<void> {
    const { code } = indicator;
    if (this.#warming.has(code)) return;
    this.#warming.add(code);
    const known = this.#former.get(code) ?? new Map<number, Rolled>();
    this.#former.set(code, known);
    const forgotten = () => this.#forgotten.get(code) ?? 0;
    try {
      let seen = -1;
      let there: ReadonlySet<number> = new Set();
      for (const period of periods.toReversed()) {
        if (this.#former.get(code) !== known) break;
        if (known.has(period)) continue;
        if (seen !== forgotten()) {
          seen = forgotten();
          there = new Set(await this.#live.periods(indicator, PERIODS_SHOWN));
        }
        const sums: Rolled = there.has(period) ? await this.#sums(indicator, period) : new Map();
        // What was said of them meanwhile may not be in these sums; they are read again when they are looked at.
        if (seen === forgotten()) known.set(period, sums);
      }
      // Territories may be shown different periods of those that are not due (FG140).
      const [first = 0] = periodsBefore(indicator, this.#oldestShown(indicator));
      for (const period of known.keys()) if (period < first) known.delete(period);
      this.emit('warmed', code);
    } catch (error) {
      this.emit('failed', error);
    } finally {
      this.#warming.delete(code);
    }
  }

  #oldestShown(indicator: Indicator): number {
    const newest = this.#live.newest(indicator)?.period ?? 0;
    return periodAfter(indicator.every, newest, -periodsComing(indicator));
  }

  async #sums(indicator: Indicator, period: number): Promise<Rolled> {
    const live = this.#live;
    const { definitions, layout, n } = live;
    const cells = await live.cellsAt(indicator, period, n, live.now());
    const up = upOf(indicator, definitions.indicators);
    const sums = new Map<number, number | null>();
    for (let root = 0; root < layout.size; root = layout.ends[root] ?? layout.size)
      for (const { place, rolled } of rollTree(layout, root, cells, up)) sums.set(place, rolled.value);
    return sums;
  }

  #forget({ indicator: code, older }: FigureMove): void {
    const known = this.#former.get(code);
    const indicator = this.#live.definitions.indicators.get(code);
    if (!known || !indicator) return;
    if (older.length > 0) this.#forgotten.set(code, (this.#forgotten.get(code) ?? 0) + 1);
    for (const from of older)
      for (const period of known.keys()) if (reaches(indicator, from, period)) known.delete(period);
  }
}

/** FG141 */
export const comingTold = ({ period, ...coverage }: ComingPeriod): FigureComing => ({
  period: iso(period),
  ...coverage,
});

const iso = (moment: number): string => new Date(moment).toISOString();

/** FG62 */
function breaksOf(periods: readonly number[], closings: readonly number[]): { breaks?: number[] } {
  const breaks = periods.flatMap((period, i) => {
    const before = periods[i - 1];
    return before !== undefined && closings.some((closed) => before < closed && closed <= period) ? [i] : [];
  });
  return breaks.length > 0 ? { breaks } : {};
}

function periodsBefore({ every }: Indicator, newest: number): number[] {
  if (every === 'once') return [];
  return Array.from({ length: PERIODS_SHOWN - 1 }, (_, i) => periodAfter(every, newest, i + 1 - PERIODS_SHOWN));
}
