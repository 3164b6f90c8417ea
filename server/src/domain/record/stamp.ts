import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Receipt } from '../../protocol/record.ts';
import type { Hash } from './merkle.ts';
import { receiptHolds } from './receipt.ts';

/** A secret of this installation, by which it knows receipts that it gave. */
export interface StampKey {
  /** Sorts by the time at which it was made. */
  readonly id: string;
  readonly secret: Buffer;
}

export type Stamp = NonNullable<Receipt['stamp']>;
/** AU17: stamps one seal, whose receipts all have the same. @param seal its hash */
export type Stamper = (seal: Hash) => Stamp;

/** Row and path of a receipt lead to the hash of its seal, so a MAC over that hash vouches for all rows of the seal. */
const macOf = (secret: Buffer, seal: Hash): Buffer =>
  createHmac('sha256', secret).update(`dieu-hanh/receipt/v1\n${seal}`).digest();

/** By the newest of the keys; undefined: there is none. */
export function stamperOf(keys: readonly StampKey[]): Stamper | undefined {
  const newest = keys.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  return newest && ((seal) => ({ key: newest.id, mac: macOf(newest.secret, seal).toString('base64url') }));
}

/** Why a receipt proves nothing to the one who gave it; undefined: it is one that this installation gave. */
export function doubtAbout(receipt: Receipt, keys: readonly StampKey[]): 'broken' | 'unstamped' | 'forged' | undefined {
  if (!receiptHolds(receipt)) return 'broken';
  const { stamp, hash } = receipt;
  const key = keys.find(({ id }) => id === stamp?.key);
  if (!stamp || !key) return 'unstamped';
  const [said, made] = [Buffer.from(stamp.mac, 'base64url'), macOf(key.secret, hash)];
  return said.length === made.length && timingSafeEqual(said, made) ? undefined : 'forged';
}
