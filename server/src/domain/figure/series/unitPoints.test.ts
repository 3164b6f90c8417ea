import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { periodOf } from '../periods.ts';
import { periodsLooked, type UnitSaid, unitPoints } from './unitPoints.ts';

const two = (text: string) => ({ vi: text, en: text });
const beds: Indicator = {
  ...{ code: 'beds', name: two('Giường'), unit: two('giường'), scale: 0, kind: 'stock', every: 'day', up: 'sum' },
  ...{ dueSeconds: 3_600, staleSeconds: 86_400, mayStage: true, simulated: false, version: 1 },
};
const cases: Indicator = { ...beds, code: 'cases', kind: 'flow' };
const DAY_MS = 86_400_000;
const newest = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const now = newest + DAY_MS;

/** @param days values by days before the newest; twice: it was said again */
function valuesOf(indicator: Indicator, days: Readonly<Record<number, readonly (number | null)[]>>, most = 8) {
  const said = new Map<number, UnitSaid>();
  for (const [ago, all] of Object.entries(days))
    said.set(newest - Number(ago) * DAY_MS, { value: all.at(-1), revised: all.length > 1 });
  return unitPoints(indicator, periodsLooked(indicator, newest, most), said, { most, now });
}

test('FG100 what stands is carried on until it is stale, and then nobody knows: no line goes over a gap', () => {
  const points = valuesOf(beds, { 6: [4], 1: [7] });
  assert.deepEqual(
    points.map(({ value }) => value),
    [4, 4, null, null, null, 7, 7],
  );
});

test('FG100 a period of a flow of which nothing was said has no value, and what was ended ends at once', () => {
  const flow = valuesOf(cases, { 3: [4], 1: [7] });
  assert.deepEqual(
    flow.map(({ value }) => value),
    [4, null, 7, null],
  );
  const ended = valuesOf(beds, { 3: [4], 2: [null] });
  assert.deepEqual(
    ended.map(({ value }) => value),
    [4, null, null, null],
  );
});

test('FG100 periods of which something was said again are told, and a series begins where something is known', () => {
  const points = valuesOf(beds, { 2: [120, 12], 0: [9] });
  assert.deepEqual(
    points.map(({ value, revised }) => [value, revised]),
    [
      [12, true],
      [12, false],
      [9, false],
    ],
  );
  assert.deepEqual(valuesOf(beds, {}), []);
  assert.deepEqual(
    valuesOf(beds, { 9: [3], 8: [5] }, 8).map(({ value }) => value)[0],
    5,
    'what stood before its first period',
  );
});
