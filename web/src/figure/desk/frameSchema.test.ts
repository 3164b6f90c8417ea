import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureFrameSchema } from '../../api/contract.ts';
import { frameSchema } from './frameSchema.ts';

const frame = {
  ...{ indicator: 'beds-free', period: '2026-09-02T00:00:00.000Z', n: 4, root: 'vn', upper: [] },
  ...{ units: ['vn.79.769', 'vn.79.770'], values: [1, null], states: 'fn' },
};

const coverage = { ...{ expected: 9, fresh: 4, late: 1, stale: 1 }, ...{ none: 1, held: 1, contested: 1 } };
const sum = { unit: '79', value: 12, coverage };

const inSum = (part: object) => ({ upper: [sum, { ...sum, ...part }] });

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
    { upper: [sum, { ...sum, value: null, closed: 2, share: 10_000, unweighed: 3 }] },
    { upper: [sum, { ...sum, before: frame.period }] },
    ...[{ more: 1 }, { coverage: { ...coverage, more: 1 } }].map(inSum),
    ...[{ unit: 'vn.79' }, { unit: 79 }, { value: 1.5 }, { value: undefined }, { before: 'now' }].map(inSum),
    ...[
      { share: -1 },
      { share: 10_001 },
      { share: '1' },
      { share: null },
      { unweighed: 0 },
      { unweighed: '1' },
      { closed: 0 },
      { closed: 1.5 },
    ].map(inSum),
    ...[{ ...coverage, held: 0.5 }, { ...coverage, held: null }, { expected: 9 }, [], null].map((one) =>
      inSum({ coverage: one }),
    ),
    ...[{ upper: [null] }, { upper: [[]] }, { upper: {} }, { upper: undefined }],
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
