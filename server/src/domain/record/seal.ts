import { JsonText } from '../../lib/JsonText.ts';
import type { Receipt } from '../../protocol/record.ts';
import { canonical, type Json } from './canonical.ts';
import { type Hash, leafHash, type MerkleTree, rootFrom, sha256 } from './merkle.ts';

/** A row of an official table, as PostgreSQL's `to_jsonb` writes it under UTC. */
export type RecordRow = { readonly [column: string]: Json };

/** One commit of a chain: what was recorded in it, and what came before. */
export interface Seal {
  readonly chain: string;
  /** 1, 2, 3 … within the chain. */
  readonly nr: number;
  /** Of the seal before; zeros for the first. */
  readonly previous: Hash;
  readonly root: Hash;
  readonly leaves: number;
  /** PostgreSQL's clock, to the microsecond. */
  readonly at: string;
}

export const NO_SEAL: Hash = '0'.repeat(64);

/** AU2: the table is a part of the leaf, so that no row passes for one of another kind. */
export const recordHash = (table: string, row: RecordRow): Hash => writtenHash(table, canonical(row));

/** The same, of a row that is written already. @param row as `canonical` writes it */
export const writtenHash = (table: string, row: string): Hash => leafHash(`{"row":${row},"table":${canonical(table)}}`);

const sealHashes = new WeakMap<Seal, Hash>();

/** Computed once for each seal, which may have hundreds of receipts. */
export function sealHash(seal: Seal): Hash {
  const known = sealHashes.get(seal);
  if (known) return known;
  const { chain, nr, previous, root, leaves, at } = seal;
  const hash = sha256(canonical({ chain, nr, previous, root, leaves, at }));
  sealHashes.set(seal, hash);
  return hash;
}

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
