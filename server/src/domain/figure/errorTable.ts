import type { RowError } from '../../protocol/figureBatch.ts';
import { numberColumn, type Table, tableOf, textColumn } from '../report/table.ts';

const IN_PIECE = 1_000;

const columns = [
  numberColumn<RowError>('row', ({ row }) => row),
  textColumn<RowError>('column', 12, ({ column, header }) => header ?? column ?? null),
  textColumn<RowError>('value', 20, ({ value }) => value ?? null),
  textColumn<RowError>('reason', 20, ({ reason }) => reason),
  textColumn<RowError>('vi', 60, ({ say }) => say.vi),
  textColumn<RowError>('en', 60, ({ say }) => say.en),
];

/** All that is wrong with a batch, row by row. */
export const errorTable = (errors: readonly RowError[]): Table =>
  tableOf('errors', columns, { total: errors.length, rows: pieces(errors) });

async function* pieces(errors: readonly RowError[]): AsyncGenerator<readonly RowError[]> {
  for (let at = 0; at < errors.length; at += IN_PIECE) yield errors.slice(at, at + IN_PIECE);
}
