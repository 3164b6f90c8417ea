import { JsonText } from '../../lib/JsonText.ts';
import type { Receipt } from '../../protocol/record.ts';
import { canonical } from './canonical.ts';
import { type MerkleTree, rootFrom } from './merkle.ts';
import { type RecordRow, recordHash, type Seal, sealHash } from './seal.ts';
import type { Stamper } from './stamp.ts';

/** What the one whose row it is may keep, and show to anybody. */
export const receiptOf = (
  { seal, tree, stamper }: { readonly seal: Seal; readonly tree: MerkleTree; readonly stamper?: Stamper | undefined },
  leaf: number,
  table: string,
  record: RecordRow,
): Receipt => receiptsUnder(seal, tree, stamper)(leaf, table, canonical(record)).read();

/** Writes receipts of one seal. @returns a function that takes the record as `canonical` writes it */
export function receiptsUnder(
  seal: Seal,
  tree: MerkleTree,
  stamper?: Stamper,
): (leaf: number, table: string, record: string) => JsonText<Receipt> {
  const chain = canonical(seal.chain);
  const hash = sealHash(seal);
  const stamp = stamper?.(hash);
  const stamped = stamp ? `,"stamp":{"key":"${stamp.key}","mac":"${stamp.mac}"}` : '';
  const under = `"previous":"${seal.previous}","at":${canonical(seal.at)},"hash":"${hash}"${stamped}`;
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
