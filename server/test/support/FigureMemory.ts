import type { Observation } from '../../src/domain/figure/facts.ts';
import type { Succession } from '../../src/domain/figure/former/formerUnits.ts';
import type { FigureNews, FigureReader, FigureSpan } from '../../src/domain/figure/ports.ts';
import type { FigureSource, Indicator } from '../../src/protocol/figureDefinition.ts';
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
  readonly #indicators = new Map([this.indicator, this.other, this.ratio].map((each) => [each.code, each]));
  readonly #sources = new Map([[ministry.code, ministry]]);
  /** Indicators of which rows were read. */
  readonly read: string[] = [];
  /** Before anything is read. */
  before: () => Promise<void> = async () => undefined;

  /** A batch of one day. @returns its N */
  record(
    period: number,
    values: Readonly<Record<string, number>>,
    { code } = this.indicator,
    { code: source } = ministry,
  ): number {
    const batch = this.#news.length + 1;
    for (const [unit, value] of Object.entries(values)) {
      const said = this.#rows.filter((row) => row.indicator === code && row.unit === unit && row.period === period);
      const revision = said.length + 1;
      this.#rows.push({
        ...{ indicator: code, period, unit, source, revision, batch, value, status: 'A', held: false },
        seen: null,
      });
    }
    this.#news.push({ n: batch, at: Date.now(), touches: { [code]: [new Date(period).toISOString()] } });
    return batch;
  }

  /** In the place of those of the same code. @returns the N */
  define({
    indicators = [],
    sources = [],
  }: {
    indicators?: readonly Indicator[];
    sources?: readonly FigureSource[];
  }): number {
    for (const each of indicators) this.#indicators.set(each.code, each);
    for (const each of sources) this.#sources.set(each.code, each);
    return this.#news.push({ n: this.#news.length + 1, at: Date.now(), touches: null });
  }

  async last() {
    return this.#news.length;
  }

  async timeOf() {
    return Date.now();
  }

  async load() {
    await this.before();
    return { n: this.#news.length, indicators: new Map(this.#indicators), sources: new Map(this.#sources) };
  }

  /** Closed units, and who took their place. */
  readonly closed: Succession[] = [];

  async successions() {
    return this.closed;
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
    this.read.push(code);
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
