import { type Slices, sliced, sorted } from '../../lib/slices.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { cellMap } from './cellMap.ts';
import { type Compared, doubtOf, type FigureDoubt } from './holds.ts';
import { FORMER_PERIODS } from './limits.ts';
import { periodAfter } from './periods.ts';
import type { CellRow } from './placeRows.ts';

type Indicators = ReadonlyMap<string, Indicator>;
type Cell = Pick<CellRow, 'indicator' | 'period' | 'unit'>;

/** What counts in a period before. */
export interface FormerValue {
  readonly period: number;
  readonly value: number;
}

/** What is on record, with which values are compared. */
export interface ComparedCells {
  /** FG14: the value that counts in the nearest period before. */
  former(cell: Cell): FormerValue | undefined;
  usual(cell: Cell): Compared['usual'];
  /** What counts in the cell itself. */
  counted(cell: Cell): number | undefined;
}

/** Whether values are compared with that of the period before. */
export const looksBack = ({ kind, checks }: Pick<Indicator, 'kind' | 'checks'>): boolean =>
  kind === 'cumulative' || checks?.jump !== undefined;

/** Codes of what is declared to be a part of an indicator. */
export const partsIn = (indicators: Indicators, whole: string): string[] =>
  [...indicators.values()].flatMap(({ code, checks }) => (checks?.partOf === whole ? [code] : []));

/**
 * FG14: which values of a batch are suspicious. What the batch itself says of a cell goes before what is on record of it; of a
 * part and its whole that come together the part is.
 */
export function* doubting(
  placed: readonly CellRow[],
  indicators: Indicators,
  standing: ComparedCells,
): Slices<(row: CellRow) => FigureDoubt | undefined> {
  const codes = new Set<string>();
  yield* sliced(placed, ({ indicator }) => codes.add(indicator));
  const formers = yield* formersIn(placed, indicators);
  const partsOf = new Map([...codes].map((code) => [code, partsIn(indicators, code)]));
  const inBatch = cellMap<number | null>();
  if ([...codes].some((code) => indicators.get(code)?.checks?.partOf || partsOf.get(code)?.length))
    yield* sliced(placed, (row) => inBatch.set(row, row.value));
  return (row) => {
    const { value, period, unit } = row;
    const indicator = indicators.get(row.indicator);
    if (!indicator || value === null) return undefined;
    const { checks } = indicator;
    const wholeCell = checks?.partOf === undefined ? undefined : { indicator: checks.partOf, period, unit };
    const said = wholeCell ? inBatch.get(wholeCell) : undefined;
    const parts = (partsOf.get(row.indicator) ?? []).flatMap((code) => {
      const cell = { indicator: code, period, unit };
      return inBatch.get(cell) === undefined ? (standing.counted(cell) ?? []) : [];
    });
    return doubtOf(indicator, value, {
      former: looksBack(indicator) ? nearer(formers(row), standing.former(row))?.value : undefined,
      usual: checks?.usual && standing.usual(row),
      whole: wholeCell && said === undefined ? standing.counted(wholeCell) : (said ?? undefined),
      part: parts.length > 0 ? Math.max(...parts) : undefined,
    });
  };
}

const nearer = (said: FormerValue | undefined, known: FormerValue | undefined): FormerValue | undefined =>
  said && (!known || said.period >= known.period) ? said : known;

/** Of each cell the nearest value before, of those that come in the same batch. */
function* formersIn(
  placed: readonly CellRow[],
  indicators: Indicators,
): Slices<(row: CellRow) => FormerValue | undefined> {
  const formers = cellMap<FormerValue>();
  const last = new Map<string, FormerValue>();
  const looking = new Map([...indicators].filter(([, indicator]) => looksBack(indicator)));
  const compared: CellRow[] = [];
  yield* sliced(placed, (row) => {
    if (looking.has(row.indicator)) compared.push(row);
  });
  yield* sliced(yield* sorted(compared, (a, b) => a.period - b.period), (row) => {
    const { every } = looking.get(row.indicator) as Indicator;
    const key = `${row.indicator} ${row.unit}`;
    const before = last.get(key);
    if (before && before.period >= periodAfter(every, row.period, -FORMER_PERIODS)) formers.set(row, before);
    if (row.value !== null) last.set(key, { period: row.period, value: row.value });
  });
  return (row) => formers.get(row);
}
