import type { FoundSeal, Receipt } from '@dieu-hanh/server/protocol';
import { rowHash } from '../../api/receiptHolds.ts';

export type Compared = 'stands' | 'lost' | 'contradicted';

/** What was sealed while the backup was made may be of a moment before it, and not in it. */
const BACKUP_TAKES_MS = 60_000;

/** AU23, AU25: what the server says is on record in the place of a receipt, held against it by the page itself. */
export async function compareReceipt(receipt: Receipt, { seal, row, restore }: FoundSeal): Promise<Compared> {
  if (seal === null && row === null && restore) return isBetween(receipt.at, restore) ? 'lost' : 'contradicted';
  return seal === receipt.hash && row === (await rowHash(receipt)) ? 'stands' : 'contradicted';
}

function isBetween(at: string, { backupAt, at: restoredAt }: NonNullable<FoundSeal['restore']>): boolean {
  const sealedAt = Date.parse(at);
  return Date.parse(backupAt) - BACKUP_TAKES_MS <= sealedAt && sealedAt <= Date.parse(restoredAt);
}
