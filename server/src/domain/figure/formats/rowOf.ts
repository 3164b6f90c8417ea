import { type FigureRow, figureRowSchema } from '../../../protocol/figureBatch.ts';
import { LONGEST_FIGURE } from '../../../protocol/limits.ts';
import { isKept } from '../../../protocol/text.ts';
import type { RawRow } from './FormatReader.ts';
import { emptyFault, formFault, type RowFault, valueWithNoneFault } from './rowFaults.ts';

/** FG2, FG3: the row of a batch, or the first thing that is wrong with it. Whether it is true is not asked here. */
export function rowOf(raw: RawRow): FigureRow | RowFault {
  const { row, indicator, unit, period, value, status, seen } = raw;
  // What nearly every row is: the schema says the same of it, and takes ten times as long.
  if (status === undefined && seen === undefined && value !== '')
    if (isText(indicator) && isText(unit) && isText(period) && isText(value))
      return { row, indicator, unit, period, value };
  return parsed(raw);
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_FIGURE && isKept(value);

function parsed({ value, status, seen, ...rest }: RawRow): FigureRow | RowFault {
  const said = status === '' ? undefined : status;
  // An empty cell is an accident as often as it is a statement, so a file says it twice.
  const none = value === null || (value === '' && said === 'O');
  if (!none && value === '') return emptyFault;
  if (!none && said === 'O') return valueWithNoneFault;
  const found = figureRowSchema.safeParse({
    ...rest,
    value: none ? null : typeof value === 'number' ? String(value) : value,
    ...(said !== undefined && { status: said }),
    ...(seen !== undefined && seen !== '' && { seen }),
  });
  if (found.success) return found.data;
  const column = String(found.error.issues[0]?.path[0]);
  return formFault(column, { ...rest, value, status, seen }[column]);
}

export const isRow = (found: FigureRow | RowFault): found is FigureRow => 'row' in found;
