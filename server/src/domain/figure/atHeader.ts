import type { FigureRow, RowError } from '../../protocol/figureBatch.ts';

/** FG74: an error is told by the column that a wide file has: there an indicator and its value stand in one of their own. */
export function atHeader<E extends Pick<RowError, 'column'>>(
  error: E,
  { header }: Pick<FigureRow, 'header'>,
): E & Pick<RowError, 'header'> {
  const isThere = error.column === 'value' || error.column === 'indicator';
  return header !== undefined && isThere ? { ...error, header } : error;
}
