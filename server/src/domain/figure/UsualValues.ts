import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { dueOf } from './form/openPeriods.ts';
import type { LiveFigures } from './LiveFigures.ts';
import { USUAL } from './limits.ts';
import { periodAfter } from './periods.ts';

export interface UsualStore {
  /** Of all units, over these periods, unless that was computed of later ones. @param periods the last one last */
  compute(indicator: string, periods: readonly number[], sources: ReadonlyMap<string, FigureSource>): Promise<void>;
}

/** FG14: what is usual for each unit, computed once a period and beside all batches. */
export class UsualValues {
  readonly #live: Pick<LiveFigures, 'definitions' | 'newest' | 'now'>;
  readonly #store: UsualStore;
  /** Up to which period it is done. */
  readonly #done = new Map<string, number>();

  constructor(live: Pick<LiveFigures, 'definitions' | 'newest' | 'now'>, store: UsualStore) {
    this.#live = live;
    this.#store = store;
  }

  async sweep(): Promise<void> {
    const { indicators, sources } = this.#live.definitions;
    for (const indicator of indicators.values()) {
      const until = this.#until(indicator);
      if (until === undefined || this.#done.get(indicator.code) === until) continue;
      const periods = Array.from({ length: USUAL.periods }, (_, i) =>
        periodAfter(indicator.every, until, i + 1 - USUAL.periods),
      );
      await this.#store.compute(indicator.code, periods, sources);
      this.#done.set(indicator.code, until);
    }
  }

  /** The last period of which all was due; undefined: there is nothing to look at. */
  #until(indicator: Indicator): number | undefined {
    const { checks, every } = indicator;
    const newest = checks?.usual && every !== 'once' ? this.#live.newest(indicator)?.period : undefined;
    if (newest === undefined) return undefined;
    return this.#live.now() >= (dueOf(indicator, newest) ?? 0) ? newest : periodAfter(every, newest, -1);
  }
}
