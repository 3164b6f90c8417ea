import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { StampKey } from '../domain/record/stamp.ts';
import { SecretFile } from '../lib/SecretFile.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * AU17: the keys of receipts, which live beside the database so that a restore of it does not take them back. The newest
 * stamps; a year later another one does, unless there are other nodes, whose receipts and this one's go by the same keys. All
 * others still prove what they stamped.
 */
export async function receiptKeys(
  {
    DATA_DIR,
    RECEIPT_KEYS_FILE,
    ALLOW_SECOND_NODE,
  }: Pick<Config, 'DATA_DIR' | 'RECEIPT_KEYS_FILE' | 'ALLOW_SECOND_NODE'>,
  now: Date,
): Promise<readonly StampKey[]> {
  const path = receiptKeysFile({ DATA_DIR, RECEIPT_KEYS_FILE });
  const file = await SecretFile.open(path);
  const newest = file.names().toSorted().at(-1);
  const isOver = newest !== undefined && now.getTime() - timeOf(newest, path) > YEAR_MS;
  if (newest === undefined || (isOver && !ALLOW_SECOND_NODE)) {
    file.set(`${now.toISOString()}-${randomBytes(3).toString('hex')}`, randomBytes(32).toString('base64url'));
    await file.save();
  }
  return keysIn(file, path);
}

export const receiptKeysFile = ({
  DATA_DIR,
  RECEIPT_KEYS_FILE,
}: Pick<Config, 'DATA_DIR' | 'RECEIPT_KEYS_FILE'>): string => RECEIPT_KEYS_FILE ?? join(DATA_DIR, 'receipt-keys.json');

/** Those that are there; none is made. */
export const readReceiptKeys = async (path: string): Promise<readonly StampKey[]> =>
  keysIn(await SecretFile.open(path), path);

const keysIn = (file: SecretFile, path: string): readonly StampKey[] =>
  file.names().map((id) => ({ id, secret: secretOf(file.get(id) ?? '', path) }));

function timeOf(id: string, path: string): number {
  const time = Date.parse(id.slice(0, -7));
  if (Number.isNaN(time))
    throw new StartRefusal(`${path} names a key that this program did not make: restore the file`);
  return time;
}

function secretOf(text: string, path: string): Buffer {
  const secret = Buffer.from(text, 'base64url');
  if (secret.length < 32) throw new StartRefusal(`${path} holds a key that is too short: restore the file`);
  return secret;
}
