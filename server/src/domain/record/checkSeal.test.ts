import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSeal, type PlacedRow } from './checkSeal.ts';
import { MerkleTree } from './merkle.ts';
import { NO_SEAL, recordHash, type Seal, sealHash } from './seal.ts';

const row = { chain: 'c', seal: 1, leaf: 0 };
const hash = recordHash('notes', row);
const rows: readonly PlacedRow[] = [{ table: 'notes', name: 'notes (leaf 0)', row, hash }];
const sealAt = (at: string) => {
  const seal: Seal = { chain: 'c', nr: 2, previous: NO_SEAL, root: new MerkleTree([hash]).root, leaves: 1, at };
  return { kind: 'seal' as const, ...seal, hash: sealHash(seal), hashes: hash };
};
const before = { nr: 1, hash: NO_SEAL };

test('AU3 a seal that says an earlier time than the one before it is a broken link, whatever its hash', () => {
  const at = '2026-09-02T01:00:00.5+00:00';
  for (const later of [at, '2026-09-02T01:00:00.51+00:00', '2026-09-02T01:00:01+00:00'])
    assert.equal(checkSeal(sealAt(later), { ...before, at }, rows), undefined, later);
  for (const earlier of ['2026-09-02T01:00:00+00:00', '2026-09-02T01:00:00.49999+00:00'])
    assert.match(
      checkSeal(sealAt(earlier), { ...before, at }, rows)?.text ?? 'nothing',
      /^seal 2 says an earlier time \(.*\) than seal 1/,
    );
  assert.equal(checkSeal(sealAt('1999-01-01T00:00:00+00:00'), before, rows), undefined, 'the first has none before it');
});
