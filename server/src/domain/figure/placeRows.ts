import type { FigureRow, RowError } from '../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { isBelow } from '../shared/territory.ts';
import type { Observation } from './facts.ts';
import { FIGURES_AHEAD_MS } from './limits.ts';
import { momentIn, momentOf, periodOf } from './periods.ts';
import { sayOf } from './rowWords.ts';
import { stepsOf } from './values.ts';

/** The tree of today, as far as rows ask it. */
export interface FigureTree {
  find(code: UnitCode): { readonly path: UnitPath; readonly name: string } | undefined;
  isBase(code: UnitCode): boolean;
}

export interface Ground {
  readonly source: FigureSource;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly tree: FigureTree;
  /** Codes that are no unit today, and once were. */
  readonly closed: ReadonlySet<UnitCode>;
  /** PostgreSQL's clock, milliseconds since 1970. */
  readonly now: number;
}

/** A row that is in order, at its cell. */
export interface CellRow extends Pick<Observation, 'indicator' | 'period' | 'unit' | 'value' | 'status' | 'seen'> {
  readonly row: number;
}

export interface PlacedRows {
  /** One for each cell, in the order of the file. */
  readonly placed: readonly CellRow[];
  readonly errors: readonly RowError[];
  /** Rows that say once more what another says. */
  readonly doubles: number;
}

/** FG2, FG22, FG33, FG37: what each row says of which cell, or why it says nothing. Pure. */
export function placeRows(rows: readonly FigureRow[], ground: Ground): PlacedRows {
  const cells = new Map<string, CellRow[]>();
  const errors: RowError[] = [];
  for (const row of rows) {
    const placed = placeRow(row, ground);
    if ('reason' in placed) {
      errors.push(placed);
      continue;
    }
    const cell = `${placed.indicator} ${placed.period} ${placed.unit}`;
    const others = cells.get(cell);
    if (others) others.push(placed);
    else cells.set(cell, [placed]);
  }
  const placed: CellRow[] = [];
  let doubles = 0;
  for (const said of cells.values()) {
    const [first] = said as [CellRow];
    if (said.every(({ value, status }) => value === first.value && status === first.status)) {
      placed.push(first);
      doubles += said.length - 1;
      continue;
    }
    for (const { row, value } of said) errors.push(refused(row, 'contradiction', 'value', `${value ?? ''}`));
  }
  return { placed, errors: errors.sort((a, b) => a.row - b.row), doubles };
}

function placeRow(row: FigureRow, ground: Ground): CellRow | RowError {
  const no = (reason: RowError['reason'], column: NonNullable<RowError['column']>): RowError =>
    refused(row.row, reason, column, `${row[column] ?? ''}`);
  const { source, indicators, now } = ground;
  const indicator = indicators.get(row.indicator);
  if (!indicator) return no('unknown-indicator', 'indicator');
  const isMine = source.indicators.includes(indicator.code) && source.simulated === indicator.simulated;
  if (!isMine || indicator.up === 'ratio') return no('not-yours', 'indicator');
  const wrongUnit = unitFault(row.unit, indicator, ground);
  if (wrongUnit) return no(wrongUnit, 'unit');
  const moment = momentIn(indicator.every, row.period);
  const seen = row.seen === undefined ? null : momentOf(row.seen);
  if (moment === undefined || seen === undefined) return no('bad-period', 'period');
  const period = periodOf(indicator.every, moment);
  if (period > now + FIGURES_AHEAD_MS) return no('future', 'period');
  const isNone = row.value === null;
  if (row.status !== undefined && (row.status === 'O') !== isNone) return no('bad-value', 'status');
  const value = row.value === null ? null : stepsOf(row.value, indicator.scale);
  if (value === undefined || (value !== null && isBeyond(indicator, value))) return no('bad-value', 'value');
  const { code } = indicator;
  return {
    row: row.row,
    indicator: code,
    period,
    unit: row.unit,
    value,
    status: row.status ?? (isNone ? 'O' : 'A'),
    seen,
  };
}

/** FG22: of units without units below it, unless the source gives the value of each tier itself. */
function unitFault(code: string, { up }: Indicator, { source, tree, closed }: Ground): RowError['reason'] | undefined {
  const unit = tree.find(code);
  if (!unit) return closed.has(code) ? 'closed-unit' : 'unknown-unit';
  const root = tree.find(source.root);
  if (!root || (unit.path !== root.path && !isBelow(unit.path, root.path))) return 'outside-territory';
  return up === 'none' || tree.isBase(code) ? undefined : 'unknown-unit';
}

const isBeyond = ({ bounds }: Indicator, value: number): boolean =>
  bounds !== undefined && (value < bounds.hard[0] || value > bounds.hard[1]);

const refused = (
  row: number,
  reason: RowError['reason'],
  column: NonNullable<RowError['column']>,
  value: string,
): RowError => ({ row, column, value, reason, say: sayOf(reason) });
