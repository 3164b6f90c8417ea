import type { Observation } from '../../src/domain/figure/facts.ts';
import type { FigureNews, FigureReader, FigureSpan } from '../../src/domain/figure/ports.ts';
import type { Indicator } from '../../src/protocol/figure.ts';
import { freeBeds, ministry } from './official/figure.ts';

/** What is on record of one indicator, in memory: a reading can be held up, or fail. */
export class FigureMemory implements FigureReader {
  readonly indicator: Indicator = { ...freeBeds, version: 1 };
  readonly #rows: Observation[] = [];
  readonly #news: FigureNews[] = [];
  /** Before anything is read. */
  before: () => Promise<void> = async () => undefined;

  /** A batch of one day. @returns its N */
  record(period: number, values: Readonly<Record<string, number>>): number {
    const batch = this.#news.length + 1;
    const { code } = this.indicator;
    for (const [unit, value] of Object.entries(values)) {
      const revision = 1 + this.#rows.filter((row) => row.unit === unit && row.period === period).length;
      this.#rows.push({
        ...{ indicator: code, period, unit, source: ministry.code, revision, batch, value, status: 'A', held: false },
        seen: null,
      });
    }
    this.#news.push({ n: batch, touches: { [code]: [new Date(period).toISOString()] } });
    return batch;
  }

  async last() {
    return this.#news.length;
  }

  async timeOf() {
    return Date.now();
  }

  async load() {
    await this.before();
    const { indicator } = this;
    return {
      ...{ n: this.#news.length, indicators: new Map([[indicator.code, indicator]]) },
      sources: new Map([[ministry.code, ministry]]),
    };
  }

  async since(n: number) {
    return this.#news.filter((each) => each.n > n);
  }

  async periods(_indicator: string, most: number, until: number) {
    const found = new Set(this.#rows.filter(({ batch }) => batch <= until).map(({ period }) => period));
    return [...found].sort((a, b) => b - a).slice(0, most);
  }

  /** As of the moment when it was asked. */
  async observations(_indicator: string, { from, to, after = 0, until }: FigureSpan) {
    const found = this.#rows.filter(
      ({ period, batch }) => period >= from && period <= to && batch > after && batch <= until,
    );
    await this.before();
    return found;
  }

  async ofUnit() {
    return [];
  }
}
