import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../api/contract.ts';
import { FrameReader } from './FrameReader.ts';

const frameOf = (n: number): FigureFrame => ({ n }) as FigureFrame;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the frame that is wanted last is read, one at a time, whatever was wanted meanwhile', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const asked: number[] = [];
  const taken: number[] = [];
  let answer = (): void => undefined;
  const reader = new FrameReader({
    read: (n) => {
      asked.push(n);
      return new Promise((resolve) => {
        answer = () => resolve(frameOf(n));
      });
    },
    take: ({ n }) => taken.push(n),
    failed: () => assert.fail('nothing fails'),
  });
  reader.want(1);
  mock.timers.tick(0);
  for (const n of [2, 3, 4]) reader.want(n);
  mock.timers.tick(60_000);
  assert.deepEqual(asked, [1], 'while one is on its way, none is asked for');
  answer();
  await settled();
  mock.timers.tick(2_000);
  assert.deepEqual(asked, [1, 4]);
  answer();
  await settled();
  mock.timers.tick(60_000);
  assert.deepEqual(
    [asked, taken],
    [
      [1, 4],
      [1, 4],
    ],
  );
  reader.close();
});

test('FG109 what moves after a pause is read at once, and what moves in it when it is over', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const asked: number[] = [];
  const reader = new FrameReader(
    {
      read: async (n) => {
        asked.push(n);
        return frameOf(n);
      },
      take: () => undefined,
      failed: () => assert.fail('nothing fails'),
    },
    500,
  );
  reader.want(1);
  await settled();
  mock.timers.tick(500);
  reader.want(2);
  assert.deepEqual(asked, [1, 2], 'nobody waits for a moment that is over');
  await settled();
  mock.timers.tick(499);
  reader.want(3);
  assert.deepEqual(asked, [1, 2]);
  mock.timers.tick(1);
  assert.deepEqual(asked, [1, 2, 3]);
  await settled();
  mock.timers.tick(60_000);
  reader.want(3);
  assert.deepEqual(asked, [1, 2, 3], 'what is shown is not read again');
  reader.close();
});

test('FG109 what ticks have brought is read when some time is over, or with what none has brought', async ({
  mock,
}) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const asked: number[] = [];
  const reader = new FrameReader({
    read: async (n) => {
      asked.push(n);
      return frameOf(n);
    },
    take: () => undefined,
    failed: () => assert.fail('nothing fails'),
  });
  reader.want(1);
  await settled();
  mock.timers.tick(1_000);
  reader.want(2, 1);
  mock.timers.tick(1_500);
  reader.want(3, 1);
  assert.deepEqual(asked, [1]);
  mock.timers.tick(500);
  assert.deepEqual(asked, [1, 3]);
  await settled();
  mock.timers.tick(1_000);
  reader.want(4, 1);
  reader.want(5);
  assert.deepEqual(asked, [1, 3, 5], 'of the fifth no tick has brought anything');
  await settled();
  mock.timers.tick(60_000);
  assert.deepEqual(asked, [1, 3, 5]);
  reader.close();
});

test('what could not be read is read again, and nothing after the end', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let failures = 0;
  let asked = 0;
  const reader = new FrameReader({
    read: async () => {
      asked++;
      throw new Error('no line');
    },
    take: () => assert.fail('nothing comes'),
    failed: () => failures++,
  });
  reader.want(1);
  for (const ms of [0, 5_000, 5_000]) {
    mock.timers.tick(ms);
    await settled();
  }
  assert.deepEqual([asked, failures], [3, 3]);
  reader.close();
  mock.timers.tick(60_000);
  await settled();
  assert.equal(asked, 3);
});
