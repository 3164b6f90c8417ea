import { type FigureRow, figureRowSchema } from '../../../protocol/figureBatch.ts';
import type { RawRow } from './FormatReader.ts';
import { emptyFault, formFault, type RowFault, valueWithNoneFault } from './rowFaults.ts';

/** FG2, FG3: the row of a batch, or the first thing that is wrong with it. Whether it is true is not asked here. */
export function rowOf({ value, status, seen, ...rest }: RawRow): FigureRow | RowFault {
  const said = status === '' ? undefined : status;
  // An empty cell is an accident as often as it is a statement, so a file says it twice.
  const none = value === null || (value === '' && said === 'O');
  if (!none && value === '') return emptyFault;
  if (!none && said === 'O') return valueWithNoneFault;
  const parsed = figureRowSchema.safeParse({
    ...rest,
    value: none ? null : typeof value === 'number' ? String(value) : value,
    ...(said !== undefined && { status: said }),
    ...(seen !== undefined && seen !== '' && { seen }),
  });
  if (parsed.success) return parsed.data;
  const column = String(parsed.error.issues[0]?.path[0]);
  return formFault(column, { ...rest, value, status, seen }[column]);
}

export const isRow = (found: FigureRow | RowFault): found is FigureRow => 'row' in found;
