import type { Indicator } from '../../protocol/figureDefinition.ts';
import { cellsOf, type FigureCells } from './Cells.ts';
import { carriedOver, FigureBoard } from './FigureBoard.ts';
import type { FigureLayout } from './FigureLayout.ts';
import type { FigureDefinitions, Observation } from './facts.ts';
import { lookedAt } from './freshness.ts';
import { periodAfter } from './periods.ts';
import type { FigureReader, FigureSpan } from './ports.ts';

export interface CellsAsk {
  readonly indicator: Indicator;
  readonly period: number;
  readonly n: number;
  /** Moment by which they are looked at. */
  readonly at: number;
  /** A unit without units below: nothing is read of others. */
  readonly leaf?: number | undefined;
}
interface Ground {
  readonly store: FigureReader;
  readonly layout: FigureLayout;
  readonly sources: FigureDefinitions['sources'];
}

/** FG19: of an indicator that is sent in, how units stood in a period as known at an N, by the record. */
export async function recordedCells(ask: CellsAsk, { store, layout, sources }: Ground): Promise<FigureCells> {
  const { indicator, period, n, at } = ask;
  const board = new FigureBoard(indicator, layout, sources);
  const rows = await observations(store, layout, ask);
  board.apply(rows, await store.acts(indicator.code, spanOf(ask), unitOf(layout, ask)));
  const [newest] = await store.periods(indicator.code, 1, n);
  return cellsOf(indicator, board.sheets, layout.size, period, lookedAt(indicator, period, newest === period, at));
}

function observations(store: FigureReader, layout: FigureLayout, ask: CellsAsk): Promise<readonly Observation[]> {
  const { indicator, period, n: until } = ask;
  const { code, every } = indicator;
  const unit = unitOf(layout, ask);
  if (unit === undefined) return store.observations(code, spanOf(ask));
  const before = carriedOver(indicator);
  const periods = Array.from({ length: before + 1 }, (_, i) => periodAfter(every, period, i - before));
  return store.ofUnit(code, unit, periods, until);
}

const spanOf = ({ indicator, period, n: until }: CellsAsk): FigureSpan => ({
  ...{ from: periodAfter(indicator.every, period, -carriedOver(indicator)), to: period, until },
});

const unitOf = (layout: FigureLayout, { leaf }: CellsAsk): string | undefined =>
  leaf === undefined ? undefined : (layout.units[leaf]?.code ?? '');
