import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Receipt, receiptSchema } from '../../protocol/record.ts';
import { MerkleTree } from './merkle.ts';
import { receiptHolds, receiptOf } from './receipt.ts';
import { rowsHash } from './rowsHash.ts';
import { NO_SEAL, recordHash, type Seal, sealHash } from './seal.ts';

const rows = Array.from({ length: 5 }, (_, leaf) => ({
  chain: 'briefing:a',
  seal: 1,
  leaf,
  said: `điều ${leaf}`,
  at: '2026-09-02T01:00:00.123456+00:00',
  nothing: null,
}));
const tree = new MerkleTree(rows.map((row) => recordHash('notes', row)));
const seal: Seal = {
  chain: 'briefing:a',
  nr: 1,
  previous: NO_SEAL,
  root: tree.root,
  leaves: rows.length,
  at: '2026-09-02T01:00:00.2+00:00',
};
const receipts = rows.map((row, leaf) => receiptOf({ seal, tree }, leaf, 'notes', row));

test('AU2 a leaf is the hash that the rule says, computed by hand', () => {
  const text = '{"row":{"a":1,"b":"ă"},"table":"notes"}';
  const byHand = createHash('sha256').update(Buffer.of(0)).update(text).digest('hex');
  assert.equal(recordHash('notes', { b: 'ă', a: 1 }), byHand);
  assert.notEqual(recordHash('note', { b: 'ă', a: 1 }), byHand, 'the table is a part of it');
});

test('AU3 a seal is the hash that the rule says, computed by hand', () => {
  const text = `{"at":"${seal.at}","chain":"briefing:a","leaves":5,"nr":1,"previous":"${'0'.repeat(64)}","root":"${tree.root}"}`;
  assert.equal(sealHash(seal), createHash('sha256').update(text).digest('hex'));
});

test('AU4 covered rows are hashed as the rule says, and in their order', () => {
  const [a, b] = [
    { unit: '1', path: 'vn.1' },
    { unit: '2', path: 'vn.2' },
  ];
  assert.equal(
    rowsHash([a, b]),
    createHash('sha256').update('{"path":"vn.1","unit":"1"}\n{"path":"vn.2","unit":"2"}\n').digest('hex'),
  );
  assert.notEqual(rowsHash([a, b]), rowsHash([b, a]));
});

test('AU9 every receipt holds, as it is and from its file', () => {
  for (const receipt of receipts) {
    assert.ok(receiptHolds(receipt));
    assert.ok(receiptHolds(receiptSchema.parse(JSON.parse(JSON.stringify(receipt)))));
  }
});

/** What a file says after one character of it was altered; undefined when it is no receipt any more. */
function read(text: string): Receipt | undefined {
  try {
    return receiptSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

test('AU9 a receipt of which any byte was altered is refused', () => {
  const text = JSON.stringify(receipts[2]);
  const bytes = Buffer.from(text);
  assert.ok(bytes.length > 500);
  for (let at = 0; at < bytes.length; at++)
    for (const bit of [1, 4, 32]) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] as number) ^ bit;
      const receipt = read(altered.toString());
      assert.ok(!receipt || !receiptHolds(receipt), `byte ${at} of ${text} as ${altered.toString()}`);
    }
});

test('AU9 a receipt with a text that has no canonical form does not hold', () => {
  const [receipt] = receipts as [Receipt];
  for (const forged of [
    { ...receipt, record: { ...receipt.record, said: '\ud800' } },
    { ...receipt, chain: '\udc00' },
  ])
    assert.equal(receiptHolds(forged), false);
});

test('AU9 no receipt holds for another row, place, table or seal', () => {
  const [a, b] = receipts as [Receipt, Receipt];
  for (const forged of [
    { ...a, record: b.record },
    { ...a, leaf: b.leaf },
    { ...a, path: b.path },
    { ...a, leaves: 6 },
    { ...a, table: 'note' },
    { ...a, seal: 2 },
    { ...a, previous: a.hash },
    { ...a, chain: 'briefing:b' },
    { ...a, record: { ...a.record, more: 1 } },
  ])
    assert.ok(!receiptHolds(forged));
});
