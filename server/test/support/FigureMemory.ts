import type { Observation } from '../../src/domain/figure/facts.ts';
import type { FigureNews, FigureReader, FigureSpan } from '../../src/domain/figure/ports.ts';
import type { Indicator } from '../../src/protocol/figureDefinition.ts';
import { freeBeds, ministry } from './official/figure.ts';

/** What is on record, in memory: of one indicator, of another, and of their ratio. A reading can be held up, or fail. */
export class FigureMemory implements FigureReader {
  readonly indicator: Indicator = { ...freeBeds, version: 1 };
  readonly other: Indicator = { ...this.indicator, code: 'beds-all' };
  readonly ratio: Indicator = {
    ...{ ...this.indicator, code: 'share', up: 'ratio', scale: 2 },
    ...{ numerator: this.indicator.code, denominator: this.other.code },
  };
  readonly #rows: Observation[] = [];
  readonly #news: FigureNews[] = [];
  /** Before anything is read. */
  before: () => Promise<void> = async () => undefined;

  /** A batch of one day. @returns its N */
  record(period: number, values: Readonly<Record<string, number>>, { code } = this.indicator): number {
    const batch = this.#news.length + 1;
    for (const [unit, value] of Object.entries(values)) {
      const said = this.#rows.filter((row) => row.indicator === code && row.unit === unit && row.period === period);
      const revision = said.length + 1;
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
    const all = [this.indicator, this.other, this.ratio];
    return {
      ...{ n: this.#news.length, indicators: new Map(all.map((each) => [each.code, each])) },
      sources: new Map([[ministry.code, ministry]]),
    };
  }

  async since(n: number) {
    return this.#news.filter((each) => each.n > n);
  }

  async periods(code: string, most: number, until: number) {
    const rows = this.#rows.filter(({ indicator, batch }) => indicator === code && batch <= until);
    return [...new Set(rows.map(({ period }) => period))].sort((a, b) => b - a).slice(0, most);
  }

  /** As of the moment when it was asked. */
  async observations(code: string, { from, to, after = 0, until }: FigureSpan) {
    const found = this.#rows.filter(
      ({ indicator, period, batch }) =>
        indicator === code && period >= from && period <= to && batch > after && batch <= until,
    );
    await this.before();
    return found;
  }

  async acts() {
    return [];
  }

  async ofUnit() {
    return [];
  }
}
