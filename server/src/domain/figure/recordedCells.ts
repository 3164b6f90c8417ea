import type { Indicator } from '../../protocol/figureDefinition.ts';
import { cellsOf, type FigureCells } from './Cells.ts';
import { carriedOver, FigureBoard } from './FigureBoard.ts';
import type { FigureLayout } from './FigureLayout.ts';
import type { FigureDefinitions, Observation } from './facts.ts';
import { lookedAt } from './freshness.ts';
import { periodAfter } from './periods.ts';
import type { FigureReader } from './ports.ts';

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
  board.apply(await observations(store, layout, ask));
  const [newest] = await store.periods(indicator.code, 1, n);
  return cellsOf(indicator, board.sheets, layout.size, period, lookedAt(indicator, period, newest === period, at));
}

function observations(store: FigureReader, layout: FigureLayout, ask: CellsAsk): Promise<readonly Observation[]> {
  const { indicator, period, n: until, leaf } = ask;
  const { code, every } = indicator;
  const before = carriedOver(indicator);
  if (leaf === undefined)
    return store.observations(code, { from: periodAfter(every, period, -before), to: period, until });
  const periods = Array.from({ length: before + 1 }, (_, i) => periodAfter(every, period, i - before));
  return store.ofUnit(code, layout.units[leaf]?.code ?? '', periods, until);
}
