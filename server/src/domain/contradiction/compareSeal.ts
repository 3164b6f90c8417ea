import type { FoundSeal } from '../../protocol/contradiction.ts';
import type { Receipt } from '../../protocol/record.ts';
import { type RecordRow, recordHash } from '../record/seal.ts';

export type SealComparison = 'stands' | 'lost' | 'contradicted';

/** AU23: what the record has at the place of a receipt, held against it. Pure. @param receipt one that holds */
export function compareSeal({ hash, table, record }: Receipt, { seal, row, restore }: FoundSeal): SealComparison {
  if (seal === null && row === null && restore) return 'lost';
  return seal === hash && row === recordHash(table, record as RecordRow) ? 'stands' : 'contradicted';
}
