import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedPicture } from '../api/contract.ts';
import { crossingsOf } from './crossingsOf.ts';

const classes = { at: [100, 200], strong: 'high', told: true } as const;
const picture = (values: readonly (number | null)[], at = '10:00'): StagedPicture =>
  ({
    units: values.map((value, i) => [String(i), value, 1, 1]),
    names: values.map((_, i) => `Tỉnh ${i}`),
    at,
  }) as unknown as StagedPicture;

test('a unit crosses when its value comes into another class, and not when it moves within its own', () => {
  const found = crossingsOf(picture([90, 150, 250, 10]), picture([110, 190, 199, 20], '10:01'), classes);
  assert.deepEqual(
    found.map(({ name, from, to, at }) => [name, from, to, at]),
    [
      ['Tỉnh 0', 90, 110, '10:01'],
      ['Tỉnh 2', 250, 199, '10:01'],
    ],
  );
});

test('what had no value, or has none any more, crosses nothing', () => {
  assert.deepEqual(crossingsOf(picture([null, 150]), picture([150, null]), classes), []);
});
