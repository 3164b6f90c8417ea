import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outbreakGoesOn } from './outbreakGoesOn.ts';
import type { ScenarioBatch } from './scenario.ts';
import { smallCountry } from './smallCountry.ts';

const NOW = new Date('2026-11-26T16:30:00Z');
function told(seed: number, hours: number): ScenarioBatch[] {
  const endless = outbreakGoesOn({ seed, reporters: smallCountry }, NOW, { now: () => NOW });
  return Array.from({ length: 2 * hours }, () => endless.next().value as ScenarioBatch);
}

test('after the last day it goes on by the hour, of the moment that it is, the same for the same seed', () => {
  const batches = told(1, 3);
  assert.deepEqual(batches, told(1, 3));
  assert.notDeepEqual(batches, told(2, 3));
  assert.deepEqual(
    batches.map(({ source, at }) => [source, (at.getTime() - NOW.getTime()) / 60_000]),
    [0, 60, 120].flatMap((minutes) => [
      ['sim-hospitals', minutes],
      ['sim-cases', minutes + 20],
    ]),
  );
  assert.deepEqual(
    [...new Set(batches.flatMap(({ rows }) => rows.map(({ period }) => period)))],
    ['2026-11-26T23:00:00+07:00', '2026-11-26'],
  );
  assert.notDeepEqual(batches[0]?.rows, batches[2]?.rows);
});

test('the cases of a day that are known by the hour become fewer in no unit', () => {
  let before = smallCountry.map(() => 0);
  for (const { rows } of told(1, 60).filter(({ source }) => source === 'sim-cases')) {
    const now = rows.map(({ value }) => Number(value));
    assert.ok(now.every((value, i) => value >= (before[i] as number)));
    before = now;
  }
  assert.ok(before.some((value) => value > 0));
});
