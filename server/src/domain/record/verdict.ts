import { isDeepStrictEqual } from 'node:util';
import type { PlacedRow } from './checkSeal.ts';
import type { Witness } from './ports.ts';
import { type RecordRow, recordHash } from './seal.ts';

/** A restore as its row on the record says it, moments as PostgreSQL writes them. */
export interface RestoreFact {
  readonly at: string;
  readonly backupAt: string;
}

/**
 * AU21: what the record says of one seal that somebody has seen.
 * stands: the seal is there with that hash, and the row of the receipt says the same. lost: a restore passed over it.
 * other-seal: another one has its number. other-row, row-gone: of the receipt's row. seal-gone: no restore explains it;
 * cut: the chain ends before it. chain-gone: likewise, of the whole chain.
 */
export type ReceiptVerdict =
  | { readonly kind: 'stands' | 'other-seal' | 'row-gone' | 'seal-gone' | 'cut' | 'chain-gone' }
  | { readonly kind: 'other-row'; readonly columns: readonly string[] }
  | { readonly kind: 'lost'; readonly restore: RestoreFact };

export interface Judged {
  readonly witness: Witness;
  readonly verdict: ReceiptVerdict;
}

/** Of a witness whose seal stands. @param rows that stand under it */
export function judgeRow({ record }: Witness, rows: readonly PlacedRow[]): ReceiptVerdict {
  if (!record) return { kind: 'stands' };
  const there = rows.find(({ table, row }) => table === record.table && Number(row.leaf) === record.leaf);
  if (!there) return { kind: 'row-gone' };
  if (there.hash === recordHash(record.table, record.row)) return { kind: 'stands' };
  return { kind: 'other-row', columns: differing(record.row, there.row) };
}

/** Names of the columns in which two rows differ. */
export const differing = (one: RecordRow, other: RecordRow): readonly string[] =>
  Object.keys({ ...one, ...other }).filter((column) => !isDeepStrictEqual(one[column], other[column]));

/** @param row of `restores` */
export const restoreOf = (row: RecordRow): RestoreFact => ({ at: String(row.at), backupAt: String(row.backup_at) });

/** AU16: the restore that lost a chain which is gone as a whole: the seal is of after its backup, and of before it was put back. */
export const chainLostBy = ({ at }: Witness, restores: readonly RestoreFact[]): RestoreFact | undefined =>
  restores.find((restore) => at === undefined || isBetween(at, restore));

const isBetween = (at: string, restore: RestoreFact): boolean =>
  Date.parse(restore.backupAt) <= Date.parse(at) && Date.parse(at) <= Date.parse(restore.at);
