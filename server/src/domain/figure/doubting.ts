import type { Indicator } from '../../protocol/figureDefinition.ts';
import { cellMap } from './cellMap.ts';
import { type Compared, doubtOf, type FigureDoubt } from './holds.ts';
import type { CellRow } from './placeRows.ts';

type Indicators = ReadonlyMap<string, Indicator>;
type Cell = Pick<CellRow, 'indicator' | 'period' | 'unit'>;

/** What is on record, with which values are compared. */
export interface ComparedCells {
  /** FG14: the value that counts in the nearest period before. */
  former(cell: Cell): number | undefined;
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
 * FG14: which values of a batch are suspicious. What the batch itself says goes before what is on record; of a part and its
 * whole that come together the part is.
 */
export function doubting(
  placed: readonly CellRow[],
  indicators: Indicators,
  standing: ComparedCells,
): (row: CellRow) => FigureDoubt | undefined {
  const codes = new Set(placed.map(({ indicator }) => indicator));
  const formers = formersIn(placed.filter(({ indicator }) => looks(indicators.get(indicator))));
  const partsOf = new Map([...codes].map((code) => [code, partsIn(indicators, code)]));
  const inBatch = cellMap<number | null>();
  if ([...codes].some((code) => indicators.get(code)?.checks?.partOf || partsOf.get(code)?.length))
    for (const row of placed) inBatch.set(row, row.value);
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
      former: looksBack(indicator) ? (formers(row) ?? standing.former(row)) : undefined,
      usual: checks?.usual && standing.usual(row),
      whole: wholeCell && said === undefined ? standing.counted(wholeCell) : (said ?? undefined),
      part: parts.length > 0 ? Math.max(...parts) : undefined,
    });
  };
}

const looks = (indicator: Indicator | undefined): boolean => indicator !== undefined && looksBack(indicator);

/** Values of earlier periods that come in the same batch. */
function formersIn(placed: readonly CellRow[]): (row: CellRow) => number | undefined {
  const byUnit = new Map<string, CellRow[]>();
  const key = ({ indicator, unit }: CellRow) => `${indicator} ${unit}`;
  for (const row of placed.toSorted((a, b) => a.period - b.period)) {
    const rows = byUnit.get(key(row));
    if (rows) rows.push(row);
    else byUnit.set(key(row), [row]);
  }
  return (row) =>
    byUnit.get(key(row))?.findLast(({ period, value }) => period < row.period && value !== null)?.value ?? undefined;
}
