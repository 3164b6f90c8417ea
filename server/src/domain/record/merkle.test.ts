import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Hash, leafHash, MerkleTree, rootFrom } from './merkle.ts';

/** Inputs and roots that implementations of RFC 6962 share as their reference. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leafOf = (hex: string): Hash =>
  createHash('sha256').update(Buffer.of(0)).update(Buffer.from(hex, 'hex')).digest('hex');
const leaves = (n: number) => Array.from({ length: n }, (_, i) => leafHash(`leaf ${i}`));

test('AU2 roots of the reference trees of RFC 6962, one to eight leaves', () => {
  for (const [i, root] of roots.entries()) assert.equal(new MerkleTree(inputs.slice(0, i + 1).map(leafOf)).root, root);
});

/**
 * The definition of the document, word for word: MTH(D[n]) = HASH(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest
 * power of two below n.
 */
function defined(hashes: readonly Hash[]): Hash {
  if (hashes.length === 1) return hashes[0] as Hash;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(defined(hashes.slice(0, k)), 'hex')
    .update(defined(hashes.slice(k)), 'hex')
    .digest('hex');
}

test('AU2 AU9 for 1 to 33 leaves the root is the defined one, every path leads to it, and no path to it from elsewhere', () => {
  for (let n = 1; n <= 33; n++) {
    const all = leaves(n);
    const tree = new MerkleTree(all);
    assert.equal(tree.root, defined(all), `${n} leaves`);
    for (const [at, leaf] of all.entries()) {
      const path = tree.path(at);
      assert.equal(rootFrom(leaf, at, n, path), tree.root, `leaf ${at} of ${n}`);
      for (let other = 0; other < n; other++)
        if (other !== at) assert.notEqual(rootFrom(leaf, other, n, path), tree.root, `leaf ${at} as ${other} of ${n}`);
      if (n > 1) assert.equal(rootFrom(leaf, at, n, path.slice(1)), undefined, 'a path that is too short');
      assert.equal(rootFrom(leaf, at, n, [...path, leaf]), undefined, 'one that is too long');
      assert.equal(rootFrom(leaf, n, n, path), undefined, 'a place beyond the last');
    }
  }
});

test('AU2 no leaf passes for an inner node', () => {
  const [a, b] = leaves(2) as [Hash, Hash];
  const inner = new MerkleTree([a, b]).root;
  assert.notEqual(leafHash(Buffer.from(a + b, 'hex').toString('latin1')), inner);
  assert.throws(() => new MerkleTree([]), RangeError);
});
