import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LossMeter, ownLoss } from './LossMeter.ts';

/** Feeds looks of `[packets sent, of which lost]`; each with a report of its own. */
function feed(
  meter: LossMeter,
  looks: readonly (readonly [sent: number, lost: number])[],
  from = { sent: 0, lost: 0 },
) {
  let { sent, lost } = from;
  let rttMs = 100;
  return looks.map(([packets, missing]) => {
    sent += packets;
    lost += missing;
    return meter.add({ sent, lost, lostBefore: 0, rttMs: rttMs++ });
  });
}

test('many packets speak for themselves', () => {
  const looks = [
    [1000, 0],
    [100, 0],
    [100, 50],
    [100, 0],
  ] as const;
  assert.deepEqual(feed(new LossMeter(), looks), [undefined, 0, 0.5, 0]);
});

test('one lost of four in a second is not a quarter', () => {
  const loss =
    feed(new LossMeter(), [
      [8, 0],
      [8, 0],
      [8, 0],
      [8, 0],
      [4, 1],
    ]).at(-1) ?? 1;
  assert.ok(loss > 0 && loss < 0.05, `${loss}`);
});

test('what was lost before the first look is past', () => {
  assert.deepEqual(
    feed(new LossMeter(), [
      [100, 90],
      [60, 6],
    ]),
    [undefined, 0.1],
  );
});

test('after forget() the past is gone, and a few packets again say little', () => {
  const meter = new LossMeter();
  feed(meter, [
    [100, 90],
    [100, 90],
    [100, 90],
  ]);
  meter.forget();
  const loss = meter.add({ sent: 304, lost: 272, lostBefore: 0, rttMs: 1 });
  assert.ok(loss !== undefined && loss < 0.1, `${loss}`);
});

test('a report that comes once in five seconds tells of all five', () => {
  const meter = new LossMeter();
  const seen: (number | undefined)[] = [];
  for (let second = 0; second <= 10; second++)
    // Two of a hundred are lost; the report of each fifth second says so.
    seen.push(
      meter.add({ sent: second * 50, lost: Math.floor(second / 5) * 5, lostBefore: 0, rttMs: Math.floor(second / 5) }),
    );
  assert.deepEqual(seen.slice(5), [0.02, 0.02, 0.02, 0.02, 0.02, 0.02]);
});

test('what the publisher’s line lost is not the viewer’s loss', () => {
  for (const [reported, lostBefore, own] of [
    [0.3, 0, 0.3],
    [0.3, 0.3, 0],
    [0.2, 0.3, 0],
    [0.5, 0.2, 0.375],
    [1, 1, 0],
  ] as const)
    assert.ok(Math.abs(ownLoss(reported, lostBefore) - own) < 1e-9, `${reported} of which ${lostBefore} before`);
});
