import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PipeCount, PipeMeter } from './PipeMeter.ts';

const [a, b] = ['a', 'b'].map((boot) => ({ node: boot, boot })) as [PipeCount['from'], PipeCount['from']];
const count = (pipe: string, packets: number, lost = 0, more: Partial<PipeCount> = {}): PipeCount => ({
  ...{ pipe, from: a, straight: true, packets, lost },
  ...more,
});

function meterOf() {
  let now = 0;
  const meter = new PipeMeter(() => now);
  const look = (ms: number, ...counts: PipeCount[]) => {
    now += ms;
    meter.take(counts);
    return meter.inflows;
  };
  return look;
}

test('what comes from a node is counted between two looks, over all of its pipes', () => {
  const look = meterOf();
  look(1_000, count('1', 5_000, 40), count('2', 100));
  assert.deepEqual(look(2_000, count('1', 5_900, 140), count('2', 200)), [
    { from: 'a', tracks: 2, relayed: 0, packets: 500, lost: 100 / 1_100 },
  ]);
});

test('a pipe that is new says nothing of the time before, and one that is gone nothing at all', () => {
  const look = meterOf();
  look(1_000, count('1', 100));
  assert.deepEqual(look(1_000, count('2', 90_000, 50, { from: b, straight: false })), [
    { from: 'b', tracks: 1, relayed: 1, packets: 0, lost: null },
  ]);
});

test('what was repaired after it was counted as lost makes no loss less than none', () => {
  const look = meterOf();
  look(1_000, count('1', 100, 10));
  assert.deepEqual(look(1_000, count('1', 200, 4))[0]?.lost, 0);
});
