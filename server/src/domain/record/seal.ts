import { canonical, type Json } from './canonical.ts';
import { type Hash, leafHash, sha256 } from './merkle.ts';

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
