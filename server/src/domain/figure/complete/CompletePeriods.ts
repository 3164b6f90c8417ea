import { ASKED_PREFIX, type Indicator } from '../../../protocol/figureDefinition.ts';
import { codeOf, type UnitPath } from '../../../protocol/organisation.ts';
import { dueOf } from '../form/openPeriods.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { partsOf } from '../partsOf.ts';
import { periodAfter, periodOf } from '../periods.ts';
import { completeBy, type SaidInPeriod, saidIn } from './completePeriod.ts';

/** A period of a figure that is complete in a territory. */
export interface CompletePeriod extends SaidInPeriod {
  readonly indicator: string;
  /** Start, ms. */
  readonly period: number;
  readonly path: UnitPath;
  readonly because: 'covered' | 'due';
  /** Up to which it was looked at. */
  readonly n: number;
  /** When it was due, ms; null: it was covered, or comes once. */
  readonly due: number | null;
  /** Code and period start (ms) under which its rows are recorded: those of the first part of a ratio. */
  readonly part: string;
  readonly own: number;
  /** Facts about periods before this one are needed no more, ms. */
  readonly oldest: number;
  readonly simulated: boolean;
  readonly seenBy: number | undefined;
}

/** Territories of one period that one look counts, some 11,000 units each: others have their turn before the next. (FG123) */
const COUNTED_AT_ONCE = 16;

/** Finds periods that are complete among those that a node keeps; each is named until `settle` was told that it is on file. (WH15) */
export class CompletePeriods {
  readonly #live: LiveFigures;
  readonly #settled = new Set<string>();
  /** By what an open one was looked at: nothing is counted again before that is another. */
  readonly #looked = new Map<string, string>();
  /** How many more this look may count. */
  #left = 0;

  constructor(live: LiveFigures) {
    this.#live = live;
    // A tree that is another may have other units in a territory.
    live.on('reloaded', () => this.#looked.clear());
  }

  /** Whether the last look has left something to the next. */
  get isBehind(): boolean {
    return this.#left === 0;
  }

  /** @returns the oldest first of each figure */
  find(paths: readonly UnitPath[]): readonly CompletePeriod[] {
    this.#left = COUNTED_AT_ONCE;
    const { definitions, layout } = this.#live;
    const roots = paths.flatMap((path) => {
      const place = layout.placeOf(codeOf(path));
      return place !== undefined && layout.units[place]?.path === path ? [{ path, place }] : [];
    });
    const found: CompletePeriod[] = [];
    const kept = new Set<string>();
    for (const indicator of definitions.indicators.values()) {
      if (indicator.code.startsWith(ASKED_PREFIX)) continue;
      for (const period of this.#live.periodsKept(indicator).toReversed())
        for (const root of roots) {
          const key = keyOf({ indicator: indicator.code, period, path: root.path });
          kept.add(key);
          if (this.#settled.has(key) || this.#left === 0) continue;
          const complete = this.#look(indicator, period, root, key);
          if (complete) found.push(complete);
        }
    }
    for (const known of [this.#settled, this.#looked])
      for (const key of known.keys()) if (!kept.has(key)) known.delete(key);
    return found;
  }

  /** They are on file, by this node or another one. */
  settle(complete: readonly CompletePeriod[]): void {
    for (const each of complete) {
      this.#settled.add(keyOf(each));
      this.#looked.delete(keyOf(each));
    }
  }

  #look(
    indicator: Indicator,
    period: number,
    { path, place }: { readonly path: UnitPath; readonly place: number },
    key: string,
  ): CompletePeriod | undefined {
    const live = this.#live;
    const now = live.now();
    const n = live.newest(indicator)?.n ?? 0;
    const due = dueOf(indicator, period);
    const stamp = `${n} ${indicator.version} ${due !== null && now >= due}`;
    if (this.#looked.get(key) === stamp) return undefined;
    this.#left -= 1;
    const part = partsOf(indicator)[0] ?? '';
    const own = periodOf(live.definitions.indicators.get(part)?.every ?? indicator.every, period);
    const said = saidIn({ indicator, period: own, root: place }, live.cellsNow(indicator, period), live.layout);
    const because = completeBy(indicator, period, said, now);
    if (!because) {
      this.#looked.set(key, stamp);
      return undefined;
    }
    const { code, every, simulated, seenBy } = indicator;
    const kept = live.periodsKept(indicator);
    return {
      ...said,
      indicator: code,
      period,
      path,
      because,
      n,
      part,
      own,
      simulated,
      seenBy,
      due: because === 'due' ? due : null,
      oldest: every === 'once' ? period : periodAfter(every, kept.at(-1) ?? period, -kept.length),
    };
  }
}

const keyOf = ({ indicator, period, path }: Pick<CompletePeriod, 'indicator' | 'period' | 'path'>): string =>
  `${indicator} ${period} ${path}`;
