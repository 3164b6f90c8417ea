import { hash } from 'node:crypto';

/**
 * The tree of RFC 6962 (Certificate Transparency) over SHA-256: leaves and inner nodes are hashed apart, so that none
 * passes for the other.
 */
const LEAF = '\u0000';
const NODE = '01';

/**
 * SHA-256 as 64 hexadecimal digits in small letters. As text, since each Buffer of its own costs more than the hash in
 * it.
 */
export type Hash = string;

export const sha256 = (data: Uint8Array | string): Hash => hash('sha256', data, 'hex');

export const leafHash = (data: string): Hash => sha256(LEAF + data);
const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.from(NODE + left + right, 'hex'));

/** Hashes that were written one after the other. */
export const splitHashes = (text: string): Hash[] => text.match(/.{1,64}/g) ?? [];

/** A batch of leaves with all the hashes above them: one pass for the root and every inclusion proof. */
export class MerkleTree {
  /** From the leaves up; a last node without a sibling is carried up as it is, which makes the tree of RFC 6962. */
  readonly #levels: readonly (readonly Hash[])[];

  /** @param leaves hashes by `leafHash`, at least one */
  constructor(leaves: readonly Hash[]) {
    if (leaves.length === 0) throw new RangeError('a tree has at least one leaf');
    const levels: Hash[][] = [[...leaves]];
    for (let below = levels[0] as Hash[]; below.length > 1; below = levels.at(-1) as Hash[]) {
      const level: Hash[] = [];
      for (let i = 0; i < below.length; i += 2) {
        const [left, right] = [below[i] as Hash, below[i + 1]];
        level.push(right ? nodeHash(left, right) : left);
      }
      levels.push(level);
    }
    this.#levels = levels;
  }

  get root(): Hash {
    return this.#levels.at(-1)?.[0] as Hash;
  }

  /** Siblings from the leaf to the root; levels where it is carried up have none. */
  path(leaf: number): Hash[] {
    const path: Hash[] = [];
    let at = leaf;
    for (const level of this.#levels) {
      const sibling = level[at ^ 1];
      if (sibling) path.push(sibling);
      at >>= 1;
    }
    return path;
  }
}

/** The root that a leaf and its path lead to; undefined when the path has not the length that the place asks for. */
export function rootFrom(leaf: Hash, at: number, leaves: number, path: readonly Hash[]): Hash | undefined {
  let hash = leaf;
  let place = at;
  let next = 0;
  for (let width = leaves; width > 1; width = (width + 1) >> 1) {
    if ((place ^ 1) < width) {
      const sibling = path[next++];
      if (!sibling) return undefined;
      hash = place % 2 === 0 ? nodeHash(hash, sibling) : nodeHash(sibling, hash);
    }
    place >>= 1;
  }
  return next === path.length && at < leaves ? hash : undefined;
}
