import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureCells } from '../Cells.ts';
import type { FigureBoard } from '../FigureBoard.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import { freshnessOf, missingIn } from '../freshness.ts';
import { rollTree, upOf } from '../rollTree.ts';
import { type PeriodCoverage, periodCoverage, type ShownPeriod, shownPeriod } from './shownPeriod.ts';

interface Parts {
  readonly layout: () => FigureLayout;
  readonly indicators: () => ReadonlyMap<string, Indicator>;
  readonly now: () => number;
  /** Of what an indicator is read from; the first says which periods there are. */
  readonly boards: (indicator: Indicator) => readonly FigureBoard[];
  readonly cells: (indicator: Indicator, period: number) => FigureCells;
}

interface Known {
  /** By what it was computed. */
  readonly stamp: string;
  readonly layout: FigureLayout;
  readonly coverages: ReadonlyMap<number, PeriodCoverage>;
}

/**
 * Coverage of the periods of each indicator that are not due yet: of all territories in one walk, and again when something was
 * said or has grown old, so that no reader costs a walk of their own (FG24).
 */
export class ShownPeriods {
  readonly #o: Parts;
  readonly #known = new Map<string, Known>();

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** FG140. @returns undefined: nothing was said of it */
  of(indicator: Indicator, root: number): ShownPeriod | undefined {
    const [board] = this.#o.boards(indicator);
    if (!board) return undefined;
    const coverageOf = (period: number) => this.coverage(indicator, period, root);
    return shownPeriod(indicator, board.periods, coverageOf, this.#o.now());
  }

  /** FG126 @param period that is in memory */
  coverage(indicator: Indicator, period: number, root: number): PeriodCoverage {
    const layout = this.#o.layout();
    const up = upOf(indicator, this.#o.indicators());
    if (layout.isLeaf(root)) {
      const [own] = rollTree(layout, root, this.#o.cells(indicator, period), up);
      return own ? periodCoverage(indicator, own.rolled) : NOTHING;
    }
    const key = `${indicator.code} ${period}`;
    const stamp = this.#stamp(indicator, period);
    const known = this.#known.get(key);
    if (known?.stamp === stamp && known.layout === layout) return known.coverages.get(root) ?? NOTHING;
    const cells = this.#o.cells(indicator, period);
    const coverages = new Map<number, PeriodCoverage>();
    for (let top = 0; top < layout.size; top = layout.ends[top] ?? layout.size)
      for (const { place, rolled } of rollTree(layout, top, cells, up))
        coverages.set(place, periodCoverage(indicator, rolled));
    this.#known.delete(key);
    this.#known.set(key, { stamp, layout, coverages });
    for (const [oldest] of this.#known) {
      if (this.#known.size <= COVERAGES_KEPT) break;
      this.#known.delete(oldest);
    }
    return coverages.get(root) ?? NOTHING;
  }

  /** Another one where a coverage may be another: by what was said, and by how what was said stands now. */
  #stamp(indicator: Indicator, period: number): string {
    const now = this.#o.now();
    const stands = this.#o
      .boards(indicator)
      .map((board) => [board.n, ...board.periods.map((at) => freshnessOf(board.indicator, at, now))].join());
    return [indicator.version, missingIn(indicator, period, now), ...stands].join(' ');
  }
}

/** Of all indicators together; one has some few that are not due. */
const COVERAGES_KEPT = 256;
const NOTHING: PeriodCoverage = { counted: 0, expected: 0 };
