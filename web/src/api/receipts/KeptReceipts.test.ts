import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from '@dieu-hanh/server/protocol';
import { KeptReceipts } from './KeptReceipts.ts';
import { KEPT_RECEIPTS, keptReceipt, MemoryReceipts, outdated } from './ReceiptKeeper.ts';

const hash = 'a'.repeat(64);
const receipt = (seal: number, at: string): Receipt => ({
  ...{ chain: 'briefing:1', seal, leaf: 0, leaves: 1, table: 'round_entries', record: { unit: '00001' } },
  ...{ path: [], previous: hash, at, hash, stamp: { key: 'k', mac: 'm' } },
});

test('RS1 receipts are kept beside the outbox, with their stamps, each once, and those that were settled stay so', async () => {
  const memory = new MemoryReceipts();
  const [own, other] = ['chair', 'deputy'].map((owner) => new KeptReceipts(owner, async () => memory));
  const now = new Date().toISOString();
  await own?.keep([receipt(1, now), receipt(2, now)]);
  await own?.settle((await own.all()).slice(0, 1), 'first restore');
  await own?.keep([receipt(1, now)]);
  assert.deepEqual(
    (await own?.all())?.map(({ receipt: { seal, stamp }, settled }) => [seal, stamp?.mac, settled]),
    [
      [1, 'm', 'first restore'],
      [2, 'm', undefined],
    ],
  );
  assert.deepEqual(await other?.all(), []);
});

test('AU23 another receipt of a place that is known does not take the place of the first, and does not go unseen', async () => {
  const memory = new MemoryReceipts();
  const kept = new KeptReceipts('chair', async () => memory);
  const now = new Date().toISOString();
  await kept.keep([receipt(1, now), receipt(2, now)]);
  assert.deepEqual(kept.news.get(), { connects: 0, rivals: 0 });
  const other = { ...receipt(1, now), hash: 'b'.repeat(64) };
  await kept.keep([other]);
  await kept.keep([receipt(1, now)]);
  assert.deepEqual(
    (await kept.all()).map(({ receipt: { seal, hash }, rival }) => [seal, hash[0], rival?.hash[0]]),
    [
      [1, 'a', 'b'],
      [2, 'a', undefined],
    ],
  );
  assert.equal(kept.news.get().rivals, 1);
  await kept.keep([other]);
  assert.equal(kept.news.get().rivals, 1, 'it is told once');
});

test('AU23 of two receipts of one place that come together one contradicts the other', async () => {
  const kept = new KeptReceipts('chair', async () => new MemoryReceipts());
  const now = new Date().toISOString();
  await kept.keep([receipt(1, now), { ...receipt(1, now), hash: 'b'.repeat(64) }]);
  assert.equal((await kept.all()).length, 1);
  assert.equal(kept.news.get().rivals, 1);
});

test('RS1 the newest are kept, and none for longer than a backup is', () => {
  const now = Date.parse('2026-11-26T00:00:00Z');
  const kept = Array.from({ length: KEPT_RECEIPTS.most + 3 }, (_, i) =>
    keptReceipt('chair', receipt(i, new Date(now - i * 1_000).toISOString())),
  );
  const old = keptReceipt('chair', receipt(9_999, '2026-07-01T00:00:00+00:00'));
  assert.deepEqual(
    outdated([...kept.slice(0, 2), old], now).map(({ receipt: { seal } }) => seal),
    [9_999],
  );
  assert.equal(outdated(kept, now).length, 3);
});
