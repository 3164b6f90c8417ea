import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureActSchemas, figureNotices, STATE_LETTERS } from './figure.ts';
import { batchAskSchema } from './figureBatch.ts';
import { figureFrameSchema } from './figureFrame.ts';
import { MOST_CHANGED } from './limits.ts';

const coverage = { expected: 10_051, fresh: 9_000, late: 500, stale: 300, none: 200, held: 50, contested: 1 };
const period = '2026-09-02T00:00:00.000Z';
const card = {
  ...{ indicator: 'beds-free', unit: 'vn', period, n: 123_456, value: 800_000_000_000, former: 700_000_000_000 },
  ...{ series: Array.from({ length: 28 }, (_, i) => 700_000_000_000 + i), coverage, oldest: period, state: 'fresh' },
};

test('FG24 a notice with eight cards and as many units as are told one by one stays small', () => {
  const changed = [
    {
      ...{ indicator: 'beds-free', period, units: Array.from({ length: MOST_CHANGED }, (_, i) => `${10_000 + i}`) },
      ...{ values: Array.from({ length: MOST_CHANGED }, (_, i) => 10_000 + i), states: 'f'.repeat(MOST_CHANGED) },
    },
  ];
  const told = figureNotices.figures.parse({ n: 123_456, cards: Array.from({ length: 8 }, () => card), changed });
  assert.ok(JSON.stringify(told).length < 12_000, `${JSON.stringify(told).length}`);
});

test('what is asked of figures has its defaults, and nothing beside what is named', () => {
  const key = '11111111-1111-4111-8111-111111111111';
  assert.deepEqual(batchAskSchema.parse({ key }), { key, mode: 'partial', dryRun: false });
  assert.equal(batchAskSchema.parse({ key, dryRun: 'true' }).dryRun, true);
  const { ask } = figureActSchemas['figures.series'];
  assert.equal(ask.parse({ indicator: 'beds-free', unit: 'vn' }).periods, 28);
  assert.throws(() => ask.parse({ indicator: 'Beds', unit: 'vn' }));
});

test('a frame says of each unit its value and its state, and of each unit above its coverage', () => {
  const frame = { indicator: 'beds-free', period, n: 1, root: 'vn', units: ['vn.79.10001'], values: [null] };
  const upper = [{ unit: 'vn', value: null, coverage }];
  assert.ok(figureFrameSchema.safeParse({ ...frame, states: Object.keys(STATE_LETTERS)[3], upper }).success);
  assert.ok(!figureFrameSchema.safeParse({ ...frame, states: 'n' }).success);
});
