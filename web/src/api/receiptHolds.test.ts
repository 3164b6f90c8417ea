import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Receipt, receiptSchema } from '@dieu-hanh/server/protocol';
import { checkReceipts, receiptHolds } from './receiptHolds.ts';

/** As a server wrote them: of a leaf with siblings at every level, and of the last, which is carried up. */
const texts = [
  String.raw`{"chain": "briefing:a", "seal": 7, "leaf": 2, "leaves": 5, "table": "round_entries", "record": {"at": "2026-09-02T01:00:00.123+00:00", "chain": "briefing:a", "late": false, "leaf": 2, "name": "Ch\u1ecb \u0102 2 \"\u2028", "note": null, "seal": 7}, "path": ["81118c08a791171acec6ef1663755481eedb4d594a5408e3476f02b17e4833f9", "62b0911a7518d90636dcb7a39505b2277078ce4090efaf7e1e434f03396df034", "d7671798600ede7cbebbdb75f8bc412da2c600ac0f56f2cdf8d3e2c7cd5bb8d0"], "previous": "abababababababababababababababababababababababababababababababab", "at": "2026-09-02T01:00:00.2+00:00", "hash": "32deb849c3eda39905937c6b0b3b31022dcc9248a3d7e7249f27ad61df491d51"}`,
  String.raw`{"chain": "briefing:a", "seal": 7, "leaf": 4, "leaves": 5, "table": "round_entries", "record": {"at": "2026-09-02T01:00:00.123+00:00", "chain": "briefing:a", "late": false, "leaf": 4, "name": "Ch\u1ecb \u0102 4 \"\u2028", "note": null, "seal": 7}, "path": ["e6c920cad9f9a55ba5da19ab04dc714a79c35cfa9e9a6d8545115599c0b00145"], "previous": "abababababababababababababababababababababababababababababababab", "at": "2026-09-02T01:00:00.2+00:00", "hash": "32deb849c3eda39905937c6b0b3b31022dcc9248a3d7e7249f27ad61df491d51"}`,
];
const receipts: readonly Receipt[] = texts.map((text) => receiptSchema.parse(JSON.parse(text)));
const [one, last] = receipts as [Receipt, Receipt];

test('AU9 receipts of the server hold, by a program that is none of its own', async () => {
  for (const receipt of receipts) assert.equal(await receiptHolds(receipt), true);
});

test('AU9 a receipt that was altered anywhere, or made up, does not hold', async () => {
  const other = 'f'.repeat(64);
  const altered: readonly Partial<Receipt>[] = [
    { chain: 'briefing:b' },
    { seal: 8 },
    { leaf: 3 },
    { leaves: 6 },
    { table: 'rounds' },
    { record: { ...one.record, late: true } },
    { path: one.path.slice(1) },
    { path: [...one.path, other] },
    { path: [other, ...one.path.slice(1)] },
    { previous: other },
    { at: '2026-09-02T01:00:00.3+00:00' },
    { hash: other },
  ];
  for (const change of altered) assert.equal(await receiptHolds({ ...one, ...change }), false, JSON.stringify(change));
});

test('AU9 every receipt of an answer is checked: its own, and each of its lists, however deep', async () => {
  const deep = (receipt: Receipt) => ({ answers: [{ records: [{ receipt: null }, { receipt }] }] });
  const bad = { ...last, hash: 'f'.repeat(64) };
  await checkReceipts({ first: true, receipt: one });
  await checkReceipts({ acts: [{ receipt: one }, { receipt: last }], rows: [['10001', 'called']], none: null });
  await checkReceipts(undefined);
  await checkReceipts({ answers: [{ records: [{ receipt: null }, { receipt: one }] }], entered: { receipt: last } });
  for (const answer of [{ receipt: bad }, { acts: [{ receipt: one }, { receipt: bad }] }, deep(bad)])
    await assert.rejects(checkReceipts(answer), { reason: 'internal' });
});
