import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { type FoundSeal, type Receipt, type SealPlace, sealPlaceSchema } from '@dieu-hanh/server/protocol';
import { ApiError } from '../../api/ApiError.ts';
import { KeptReceipts } from '../../api/receipts/KeptReceipts.ts';
import { MemoryReceipts } from '../../api/receipts/ReceiptKeeper.ts';
import { compareReceipt } from './compareReceipt.ts';
import { ReceiptWatch, SILENT_MS } from './ReceiptWatch.ts';

const unit = '00001';
const hashOf = (seal: number): string => createHash('sha256').update(`seal ${seal}`).digest('hex');
const receipt = (seal: number, more: Partial<Receipt> = {}): Receipt => ({
  ...{ chain: 'briefing:1', seal, leaf: 0, leaves: 1, table: 'round_entries', record: { unit } },
  ...{
    path: [],
    previous: hashOf(seal - 1),
    at: new Date().toISOString().replace('Z', '001+00:00'),
    hash: hashOf(seal),
  },
  ...more,
});
const rowOf = ({ table, record }: Receipt): string =>
  createHash('sha256')
    .update(`\0{"row":${JSON.stringify(record)},"table":"${table}"}`)
    .digest('hex');
const rightly = (one: Receipt): FoundSeal => ({ seal: one.hash, row: rowOf(one) });

/** Hashes are made by other threads, which may wait for a core. */
const PATIENCE_MS = 30_000;

/** Turns of the loop, and of what hashes beside it, until it is so. Timers are held meanwhile. */
const until = async (what: string, isSo: () => boolean) => {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`it did not come to: ${what}`);
};

/** A page that keeps these, and a server that answers so. @param answer undefined: it never does */
async function pageWith(t: TestContext, kept: readonly Receipt[], answer: (place: SealPlace) => FoundSeal | undefined) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const receipts = new KeptReceipts('chair', async () => new MemoryReceipts());
  await receipts.keep(kept);
  const asked: SealPlace[][] = [];
  const reported: string[] = [];
  const ask = async (
    path: string,
    _: unknown,
    { body, signal }: { body: Record<string, unknown>; signal?: AbortSignal },
  ) => {
    if (path === '/api/contradictions') {
      reported.push((body.receipt as Receipt).hash);
      return { outcome: 'contradicted' };
    }
    const places = body.places as SealPlace[];
    asked.push(places);
    const found = places.map(answer);
    if (found.every((one) => one !== undefined)) return { found };
    return new Promise((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(new ApiError('network', 'cut'))),
    );
  };
  const watch = ReceiptWatch.open({ api: { ask } as never, receipts, unit, random: () => 0 });
  t.after(() => watch.close());
  /** Lets the pause before the next ask pass, and waits until so many places have been asked for. */
  const asks = async (places: number) => {
    await until(`${places} places are asked for`, () => {
      t.mock.timers.tick(0);
      return asked.flat().length >= places;
    });
  };
  return { watch, receipts, asked, reported, asks };
}
const hashes = (watch: ReceiptWatch) => watch.state.get().contradicted.map(({ receipt: { seal } }) => seal);

test('AU22 a page asks for the places of its own receipts, a hundred at once, and says no hash', async (t) => {
  const all = Array.from({ length: 120 }, (_, i) => receipt(i + 1));
  const others = [receipt(500, { record: { unit: '00002' } }), receipt(501, { table: 'rounds' })];
  const { watch, asked, asks } = await pageWith(t, [...all, ...others], ({ seal }) => rightly(receipt(seal)));
  await asks(120);
  assert.deepEqual(
    asked.map(({ length }) => length),
    [100, 20],
  );
  for (const place of asked.flat()) assert.ok(sealPlaceSchema.safeParse(place).success, JSON.stringify(place));
  assert.deepEqual(watch.state.get(), { isSilent: false, contradicted: [] });
});

test('AU22 it asks again each time that its order channel is there again', async (t) => {
  const { asked, receipts, asks } = await pageWith(t, [receipt(1)], ({ seal }) => rightly(receipt(seal)));
  await asks(1);
  receipts.connected();
  await asks(2);
  assert.equal(asked.length, 2);
});

test('AU23 AU24 another hash of a seal or a row, and nothing in its place, is shown and reported once', async (t) => {
  const [one, two, three, four] = [1, 2, 3, 4].map((seal) => receipt(seal)) as [Receipt, Receipt, Receipt, Receipt];
  const answers: Record<number, FoundSeal> = {
    1: rightly(one),
    2: { ...rightly(two), seal: hashOf(99) },
    3: { ...rightly(three), row: hashOf(99) },
    4: { seal: null, row: null },
  };
  const { watch, reported, receipts, asks } = await pageWith(t, [one, two, three, four], ({ seal }) => answers[seal]);
  await asks(4);
  await until('three are reported', () => reported.length === 3);
  assert.deepEqual(hashes(watch).sort(), [2, 3, 4]);
  assert.deepEqual(reported.sort(), [two, three, four].map(({ hash }) => hash).sort());
  Object.assign(answers, { 2: rightly(two) });
  receipts.connected();
  await asks(8);
  receipts.connected();
  await asks(12);
  assert.deepEqual(hashes(watch).sort(), [2, 3, 4], 'what was seen once stays on the page');
  assert.equal(reported.length, 3);
});

test('AU23 a receipt that contradicts a kept one is shown as soon as it comes, also while no server answers', async (t) => {
  const { watch, receipts, asks } = await pageWith(t, [receipt(1)], () => undefined);
  await asks(1);
  await receipts.keep([receipt(1, { hash: hashOf(77) })]);
  await until('it is shown', () => watch.state.get().contradicted.length === 1);
  const [shown] = watch.state.get().contradicted;
  assert.deepEqual([shown?.receipt.hash, shown?.rival?.hash], [hashOf(1), hashOf(77)]);
});

test('AU26 a server that withholds its answer for 60 s is named in amber, and no more once it answers', async (t) => {
  let isWithheld = true;
  const { watch, asks } = await pageWith(t, [receipt(1)], ({ seal }) =>
    isWithheld ? undefined : rightly(receipt(seal)),
  );
  await asks(1);
  t.mock.timers.tick(SILENT_MS - 1);
  assert.equal(watch.state.get().isSilent, false);
  t.mock.timers.tick(1);
  assert.equal(watch.state.get().isSilent, true);
  isWithheld = false;
  await until('it is answered', () => {
    t.mock.timers.tick(500);
    return !watch.state.get().isSilent;
  });
  assert.deepEqual(watch.state.get().contradicted, []);
});

test('AU25 what a restore has lost is no contradiction, if the receipt is of between the backup and the restore', async () => {
  const one = receipt(1, { at: '2026-11-26T02:00:00.5+00:00' });
  const restored = (backupAt: string, at: string): FoundSeal => {
    const id = '00000000-0000-4000-8000-000000000001';
    return { seal: null, row: null, restore: { id, backupAt, at } };
  };
  const ways = [
    [rightly(one), 'stands'],
    [restored('2026-11-26T01:00:00Z', '2026-11-26T03:00:00Z'), 'lost'],
    [restored('2026-11-26T02:10:00Z', '2026-11-26T03:00:00Z'), 'contradicted'],
    [restored('2026-11-26T01:00:00Z', '2026-11-26T01:30:00Z'), 'contradicted'],
    [{ ...restored('2026-11-26T01:00:00Z', '2026-11-26T03:00:00Z'), row: rowOf(one) }, 'contradicted'],
    [{ seal: null, row: null }, 'contradicted'],
  ] as const;
  for (const [found, expected] of ways) assert.equal(await compareReceipt(one, found), expected, JSON.stringify(found));
});
