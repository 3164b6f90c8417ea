import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from '@dieu-hanh/server/protocol';
import { ApiError } from '../../api/ApiError.ts';
import { type KeptReceipt, keptReceipt } from '../../api/receipts/ReceiptKeeper.ts';
import { lostBy, sendAgain } from './sendAgain.ts';

const restore = { id: 'r2', at: '2026-11-26T03:00:00Z', backupAt: '2026-11-26T01:00:00Z' };
const kept = (
  seal: number,
  at: string,
  more: Partial<KeptReceipt> = {},
  unit = '00001',
  table = 'round_entries',
): KeptReceipt => ({
  ...keptReceipt('chair', { chain: 'c', seal, leaf: 0, at, table, record: { unit } } as unknown as Receipt),
  ...more,
});
const sealsOf = (some: readonly KeptReceipt[]) => some.map(({ receipt: { seal } }) => seal);
const later = '2026-11-26T02:00:00.5+00:00';

test('RS1 what is sent again is later than the backup, of the own unit, and not settled after this restore', () => {
  const all = [
    kept(3, '2026-11-26T02:30:00+00:00'),
    kept(1, later),
    kept(2, '2026-11-26T00:59:59+00:00'),
    kept(4, later, { settled: 'r2' }),
    kept(5, later, { settled: 'r1' }),
    kept(6, later, {}, '00002'),
  ];
  assert.deepEqual(sealsOf(lostBy(all, restore, '00001')), [1, 5, 3]);
});

test('RS1 RS2 receipts of written questions, which no server takes, are not sent with those that it does', () => {
  const all = [
    kept(1, later, {}, '00001', 'question_acts'),
    kept(2, later, {}, '00001', 'directive_acts'),
    kept(3, later),
  ];
  assert.deepEqual(sealsOf(lostBy(all, restore, '00001')), [2, 3]);
});

test('RS1 it is repeated until the server says what became of it, ten at once; one that it does not take keeps no other', async () => {
  const asked: number[][] = [];
  const settled: number[] = [];
  let away = 2;
  const ask = async (_path: string, _schema: unknown, { body }: { body: { receipts: Receipt[] } }) => {
    const seals = body.receipts.map(({ seal }) => seal);
    asked.push(seals);
    if (away-- > 0) throw new ApiError(away === 1 ? 'network' : 'rate-limited', 'away');
    if (seals.includes(7)) throw new ApiError('bad-request', 'no');
    return { outcomes: seals.map(() => 'taken') };
  };
  const tally = await sendAgain(
    Array.from({ length: 12 }, (_, seal) => kept(seal, later)),
    {
      api: { ask } as never,
      settled: async (some) => {
        settled.push(...sealsOf(some));
      },
      stopped: () => false,
      wait: () => 0,
    },
  );
  assert.equal(tally.taken, 11);
  assert.deepEqual(
    settled,
    Array.from({ length: 12 }, (_, seal) => seal),
  );
  assert.deepEqual(
    asked.slice(0, 3).map((seals) => seals.length),
    [10, 10, 10],
  );
});

test('RS1 whose session has ended sends it with the next one', async () => {
  const ask = async () => {
    throw new ApiError('unauthenticated', 'over');
  };
  const fail = async () => assert.fail('nothing is settled');
  const ways = { api: { ask } as never, settled: fail, stopped: () => false };
  assert.equal((await sendAgain([kept(1, later)], ways)).taken, 0);
});
