import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureFrameSchema } from '../../api/contract.ts';
import { frameSchema } from './frameSchema.ts';

const frame = {
  ...{ indicator: 'beds-free', period: '2026-09-02T00:00:00.000Z', n: 4, root: 'vn', upper: [] },
  ...{ units: ['vn.79.769', 'vn.79.770'], values: [1, null], states: 'fn' },
};

test('a page takes the frames that the contract has, and refuses what it refuses', () => {
  for (const part of [
    {},
    { units: [] },
    { units: ['vn..79', 'vn'] },
    { units: [79] },
    { units: { length: 0 } },
    { units: undefined },
    { values: [-7, 800_000_000_000] },
    { values: [1.5] },
    { values: ['1'] },
    { values: [2 ** 60] },
    { values: [Number.NaN] },
    { values: 'null' },
    { n: '4' },
    { against: { period: frame.period, values: [1, null], upper: [] } },
    { against: { period: frame.period, values: [0.5], upper: [] } },
    { against: { period: 'now', values: [], upper: [] } },
    { against: { period: frame.period, values: [], upper: [{ unit: '79', now: 1, before: null }] } },
  ]) {
    const told = { ...frame, ...part };
    const taken = figureFrameSchema.safeParse(told);
    assert.deepEqual(frameSchema.safeParse(told).data, taken.data, JSON.stringify(part));
  }
});
