import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { FigureBoard } from '../FigureBoard.ts';
import type { FigureLayout } from '../FigureLayout.ts';
import type { FigureDefinitions } from '../facts.ts';
import { KEPT } from '../limits.ts';
import { periodAfter } from '../periods.ts';
import type { FigureReader, FigureSpan } from '../ports.ts';
import type { FrameReader, MadeFrame } from './ports.ts';

export interface BoardGround {
  readonly store: Pick<FigureReader, 'observations' | 'acts'>;
  /** undefined: all is read row by row. */
  readonly frames?: FrameReader | undefined;
  readonly layout: FigureLayout;
  readonly sources: FigureDefinitions['sources'];
  /** Told of periods of which so many rows were read that frames of them are worth it. */
  readonly unframed?: ((indicator: string, periods: readonly number[]) => void) | undefined;
}

/** FG19, FG50: what a replay of all rows of some periods up to an N says: of each its frame, and what came after that. */
export async function readBoard(
  indicator: Indicator,
  { from, to, until }: Pick<FigureSpan, 'from' | 'to' | 'until'>,
  { store, frames, layout, sources, unframed }: BoardGround,
): Promise<FigureBoard> {
  const board = new FigureBoard(indicator, layout, sources, from);
  const { code } = indicator;
  const periods = periodsIn(indicator, from, to);
  const known = (await frames?.newest(code, periods, until)) ?? [];
  const touched = known.length === 0 ? undefined : await frames?.touched(code, known, until);
  for (const frame of known) board.restore(frame);
  const left = spansLeft(indicator, periods, known, touched ?? new Set());
  for (const { after, periods: of } of left) {
    const span = { from: of[0] ?? to, to: of.at(-1) ?? to, after, until };
    const rows = await store.observations(code, span);
    board.apply(rows, await store.acts(code, span));
    if (rows.length >= KEPT.leastRows) unframed?.(code, of);
  }
  return board;
}

/** The oldest first. */
function periodsIn({ every }: Indicator, from: number, to: number): number[] {
  const periods: number[] = [];
  for (let period = to; period >= from; period = periodAfter(every, period, -1)) periods.unshift(period);
  return periods;
}

interface SpanLeft {
  readonly after: number;
  readonly periods: number[];
}

/** What is not in a frame; periods that follow each other, and of which all is read after the same N, are read at once. */
function spansLeft(
  { every }: Indicator,
  periods: readonly number[],
  known: readonly MadeFrame[],
  touched: ReadonlySet<number>,
): SpanLeft[] {
  const framed = new Map(known.map(({ period, n }) => [period, n]));
  const spans: SpanLeft[] = [];
  for (const period of periods) {
    if (framed.has(period) && !touched.has(period)) continue;
    const after = framed.get(period) ?? 0;
    const last = spans.at(-1);
    if (last?.after === after && periodAfter(every, last.periods.at(-1) ?? 0) === period) last.periods.push(period);
    else spans.push({ after, periods: [period] });
  }
  return spans;
}
