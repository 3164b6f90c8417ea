import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import type { ActedValue } from './act/revisions.ts';
import { carriedOver, periodsKept } from './carriedOver.ts';
import type { FigureLayout } from './FigureLayout.ts';
import { FigureSheet } from './FigureSheet.ts';
import type { Observation } from './facts.ts';
import { isPastDue } from './form/openPeriods.ts';
import { type KeptFrame, restoreFrame } from './kept/keptFrame.ts';
import { periodAfter } from './periods.ts';

/** One indicator that is sent in, in its newest periods, as this node knows them. */
export class FigureBoard {
  readonly indicator: Indicator;
  readonly layout: FigureLayout;
  readonly sheets = new Map<number, FigureSheet>();
  /** The last N that is in it. */
  n = 0;
  /** By which those who say something rank. */
  sources: ReadonlyMap<string, FigureSource>;
  readonly #kept: number;
  /** Of what was before it nothing was read, though the newest period of whoever is laid out may be an older one. (FG153) */
  readonly #readFrom: number;

  /** @param readFrom start of the oldest period that is read into it; left out: all that there is */
  constructor(
    indicator: Indicator,
    layout: FigureLayout,
    sources: ReadonlyMap<string, FigureSource>,
    readFrom = Number.NEGATIVE_INFINITY,
  ) {
    this.indicator = indicator;
    this.layout = layout;
    this.sources = sources;
    this.#kept = periodsKept(indicator);
    this.#readFrom = readFrom;
  }

  get newest(): number | undefined {
    return this.sheets.size === 0 ? undefined : Math.max(...this.sheets.keys());
  }

  /** Starts of the periods that have rows, newest first, ms. (FG140) */
  get periods(): readonly number[] {
    return [...this.sheets.keys()].sort((a, b) => b - a);
  }

  /** Whether no later period has rows and is due at the moment `at`. (FG19) */
  isPresent(period: number, at: number): boolean {
    return ![...this.sheets.keys()].some((later) => later > period && isPastDue(this.indicator, later, at));
  }

  /** Start of the oldest period that it keeps whole; undefined: it has no values. */
  get from(): number | undefined {
    const { newest } = this;
    if (newest === undefined) return undefined;
    return Math.max(this.#readFrom, periodAfter(this.indicator.every, newest, 1 - this.#kept));
  }

  /** Whether all that is looked at for this period is here. */
  covers(period: number): boolean {
    const { from, newest } = this;
    if (from === undefined || newest === undefined) return false;
    const { indicator } = this;
    return period <= newest && periodAfter(indicator.every, period, -carriedOver(indicator)) >= from;
  }

  /** FG50: a period of which nothing was said here. What came after the N of the frame is applied afterwards. */
  restore(frame: KeptFrame): void {
    this.n = Math.max(this.n, frame.n);
    const cells = this.layout.cellsOf(frame.units);
    // Of nobody who is laid out anything was said.
    if (!cells.some((place) => place >= 0)) return;
    const sheet = this.#sheet();
    restoreFrame(sheet, cells, frame, (source) => this.#rankOf(source));
    this.sheets.set(frame.period, sheet);
  }

  /**
   * @param rows in the order in which they were recorded; `acts` likewise, on these and those before
   * @returns units that were said or done anything to, by period
   */
  apply(rows: readonly Observation[], acts: readonly ActedValue[] = []): ReadonlyMap<number, ReadonlySet<UnitCode>> {
    const touched = new Map<number, Set<UnitCode>>();
    const touch = (period: number, unit: UnitCode, n: number): number | undefined => {
      this.n = Math.max(this.n, n);
      const units = touched.get(period) ?? new Set();
      touched.set(period, units.add(unit));
      const { from } = this;
      return from !== undefined && period < from ? undefined : this.layout.cellOf(unit);
    };
    for (const { period, unit, source, revision, value, held, batch } of rows) {
      const place = touch(period, unit, batch);
      if (place === undefined) continue;
      const sheet = this.sheets.get(period) ?? this.#sheet();
      this.sheets.set(period, sheet);
      sheet.apply(place, { source, rank: this.#rankOf(source), revision, value, held });
    }
    for (const act of acts) {
      const place = touch(act.period, act.unit, act.n);
      if (place !== undefined) this.sheets.get(act.period)?.act(place, act);
    }
    const { from } = this;
    for (const period of this.sheets.keys()) if (from !== undefined && period < from) this.sheets.delete(period);
    return touched;
  }

  #sheet(): FigureSheet {
    return new FigureSheet(this.layout.cells, this.indicator.tolerance);
  }

  #rankOf(source: string): number {
    return this.sources.get(source)?.rank ?? Number.MAX_SAFE_INTEGER;
  }
}
