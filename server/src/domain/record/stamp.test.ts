import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from './canonical.ts';
import { MerkleTree } from './merkle.ts';
import { receiptsUnder } from './receipt.ts';
import { NO_SEAL, type RecordRow, recordHash } from './seal.ts';
import { doubtAbout, stamperOf } from './stamp.ts';

const keys = [
  { id: '2026-01-01T00:00:00.000Z-aaaaaa', secret: Buffer.alloc(32, 1) },
  { id: '2027-01-01T00:00:00.000Z-bbbbbb', secret: Buffer.alloc(32, 2) },
];
const rows: RecordRow[] = [0, 1, 2].map((leaf) => ({ note: `dòng ${leaf}`, leaf }));
const tree = new MerkleTree(rows.map((row) => recordHash('notes', row)));
const seal = {
  chain: 'briefing:a',
  nr: 1,
  previous: NO_SEAL,
  root: tree.root,
  leaves: 3,
  at: '2026-09-02T01:00:00+00:00',
};
const given = (which = keys) =>
  rows.map((row, leaf) => receiptsUnder(seal, tree, stamperOf(which))(leaf, 'notes', canonical(row)).read());

test('AU17 an installation knows each receipt that it gave, by the key of then also after that was replaced', () => {
  for (const receipt of given()) assert.equal(doubtAbout(receipt, keys), undefined);
  assert.equal(given()[0]?.stamp?.key, keys[1]?.id, 'the newest stamps');
  for (const receipt of given(keys.slice(0, 1))) assert.equal(doubtAbout(receipt, keys), undefined);
  assert.equal(stamperOf([]), undefined);
});

test('AU17 an altered row, a stamp of another seal or key, and a receipt without one prove nothing', () => {
  const [receipt] = given();
  if (!receipt?.stamp) throw new Error('there is no stamp');
  assert.equal(doubtAbout({ ...receipt, record: { ...receipt.record, note: 'khác' } }, keys), 'broken');
  const { stamp, ...bare } = receipt;
  assert.equal(doubtAbout(bare, keys), 'unstamped');
  assert.equal(doubtAbout(receipt, keys.slice(0, 1)), 'unstamped');
  assert.equal(doubtAbout({ ...receipt, stamp: { ...stamp, key: keys[0]?.id ?? '' } }, keys), 'forged');
  assert.equal(doubtAbout({ ...receipt, stamp: { ...stamp, mac: stamp.mac.slice(1) } }, keys), 'forged');
  // A tree of one's own, under which the row is right, and the stamp of a real seal.
  const own = new MerkleTree([recordHash('notes', rows[0] as RecordRow)]);
  const invented = receiptsUnder({ ...seal, root: own.root, leaves: 1 }, own)(
    0,
    'notes',
    canonical(rows[0] as RecordRow),
  );
  assert.equal(doubtAbout({ ...invented.read(), stamp }, keys), 'forged');
});
