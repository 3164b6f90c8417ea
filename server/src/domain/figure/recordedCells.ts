import type { Indicator } from '../../protocol/figureDefinition.ts';
import { cellsOf, type FigureCells } from './Cells.ts';
import { carriedOver } from './carriedOver.ts';
import { FigureBoard } from './FigureBoard.ts';
import type { FigureLayout } from './FigureLayout.ts';
import { isPastDue } from './form/openPeriods.ts';
import { lookedAt } from './freshness.ts';
import { type BoardGround, readBoard } from './kept/readBoard.ts';
import { periodAfter } from './periods.ts';
import type { FigureReader, FigureSpan } from './ports.ts';
import { periodsComing } from './shown/shownPeriod.ts';

export interface CellsAsk {
  readonly indicator: Indicator;
  readonly period: number;
  readonly n: number;
  /** Moment by which they are looked at. */
  readonly at: number;
  /** A unit without units below: nothing is read of others. */
  readonly leaf?: number | undefined;
}
interface Ground extends BoardGround {
  readonly store: FigureReader;
}

/** FG19: of an indicator that is sent in, how units stood in a period as known at an N, by the record. */
export async function recordedCells(ask: CellsAsk, ground: Ground): Promise<FigureCells> {
  const { indicator, period, n, at } = ask;
  const { store, layout } = ground;
  const units = unitsOf(layout, ask);
  const board = await (units ? boardOf(units, ask, ground) : readBoard(indicator, spanOf(ask), ground));
  const newest = await store.periods(indicator.code, periodsComing(indicator) + 1, n);
  const present = !newest.some((later) => later > period && isPastDue(indicator, later, at));
  return cellsOf(indicator, board.sheets, layout.size, period, lookedAt(indicator, period, present, at));
}

/** Of some units alone, in any order. */
async function boardOf(units: readonly string[], ask: CellsAsk, { store, layout, sources }: Ground) {
  const { indicator, period, n: until } = ask;
  const { code, every } = indicator;
  const before = carriedOver(indicator);
  const periods = Array.from({ length: before + 1 }, (_, i) => periodAfter(every, period, i - before));
  const read = await Promise.all(units.map((unit) => store.ofUnit(code, unit, periods, until)));
  const acts = await Promise.all(units.map((unit) => store.acts(code, spanOf(ask), unit)));
  const board = new FigureBoard(indicator, layout, sources);
  board.apply(read.flat(), acts.flat());
  return board;
}

const spanOf = ({ indicator, period, n: until }: CellsAsk): FigureSpan => ({
  ...{ from: periodAfter(indicator.every, period, -carriedOver(indicator)), to: period, until },
});

/** FG9: with those whose place it took. Rows of different units may come in any order. */
const unitsOf = (layout: FigureLayout, { leaf }: CellsAsk): readonly string[] | undefined =>
  leaf === undefined
    ? undefined
    : [layout.units[leaf]?.code ?? '', ...(layout.formers.get(leaf) ?? []).map(({ unit }) => unit)];
