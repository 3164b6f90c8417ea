import { hash } from 'node:crypto';

/** The tree of RFC 6962 (Certificate Transparency) over SHA-256: leaves and inner nodes are hashed apart, so that none passes for the other. */
const LEAF = '\u0000';
const NODE = Buffer.of(1);

export const sha256 = (data: Uint8Array | string): Buffer => hash('sha256', data, 'buffer');

export const leafHash = (data: string): Buffer => sha256(LEAF + data);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([NODE, left, right]));

/** A batch of leaves with all the hashes above them: one pass for the root and every inclusion proof. */
export class MerkleTree {
  /** From the leaves up; a last node without a sibling is carried up as it is, which makes the tree of RFC 6962. */
  readonly #levels: readonly (readonly Buffer[])[];

  /** @param leaves hashes by `leafHash`, at least one */
  constructor(leaves: readonly Buffer[]) {
    if (leaves.length === 0) throw new RangeError('a tree has at least one leaf');
    const levels: Buffer[][] = [[...leaves]];
    for (let below = levels[0] as Buffer[]; below.length > 1; below = levels.at(-1) as Buffer[]) {
      const level: Buffer[] = [];
      for (let i = 0; i < below.length; i += 2) {
        const [left, right] = [below[i] as Buffer, below[i + 1]];
        level.push(right ? nodeHash(left, right) : left);
      }
      levels.push(level);
    }
    this.#levels = levels;
  }

  get root(): Buffer {
    return this.#levels.at(-1)?.[0] as Buffer;
  }

  /** Siblings from the leaf to the root; levels where it is carried up have none. */
  path(leaf: number): Buffer[] {
    const path: Buffer[] = [];
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
export function rootFrom(leaf: Buffer, at: number, leaves: number, path: readonly Buffer[]): Buffer | undefined {
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
