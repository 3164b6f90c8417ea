import { JsonText } from '../../lib/JsonText.ts';
import type { Receipt } from '../../protocol/record.ts';
import { canonical } from './canonical.ts';
import { type MerkleTree, rootFrom } from './merkle.ts';
import { type RecordRow, recordHash, type Seal, sealHash } from './seal.ts';

/** What the one whose row it is may keep, and show to anybody. */
export const receiptOf = (seal: Seal, tree: MerkleTree, leaf: number, table: string, record: RecordRow): Receipt =>
  receiptsUnder(seal, tree)(leaf, table, canonical(record)).read();

/** Writes receipts of one seal. @returns a function that takes the record as `canonical` writes it */
export function receiptsUnder(
  seal: Seal,
  tree: MerkleTree,
): (leaf: number, table: string, record: string) => JsonText<Receipt> {
  const chain = canonical(seal.chain);
  const under = `"previous":"${seal.previous}","at":${canonical(seal.at)},"hash":"${sealHash(seal)}"`;
  return (leaf, table, record) => {
    const place = `"chain":${chain},"seal":${seal.nr},"leaf":${leaf},"leaves":${seal.leaves},"table":${canonical(table)}`;
    const path = tree.path(leaf);
    const siblings = path.length > 0 ? `"${path.join('","')}"` : '';
    return new JsonText(`{${place},"record":${record},"path":[${siblings}],${under}}`);
  };
}

/**
 * Whether the receipt proves its record under its own seal. Whether that seal stands in the chain is for the record to
 * say.
 */
export function receiptHolds(receipt: Receipt): boolean {
  try {
    return leadsToSeal(receipt);
  } catch (error) {
    // A text without a canonical form was never recorded.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function leadsToSeal(receipt: Receipt): boolean {
  const { chain, seal, leaf, leaves, table, record, path, previous, at, hash } = receipt;
  const root = rootFrom(recordHash(table, record as RecordRow), leaf, leaves, path);
  return root !== undefined && sealHash({ chain, nr: seal, previous, root, leaves, at }) === hash;
}
