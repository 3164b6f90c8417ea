import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureStop } from '../../../api/contract.ts';
import { actBeside, dayOf, placeOf } from './stops.ts';

const stop = (minute: number, kind: FigureStop['kind'] = 'batch'): FigureStop => ({
  ...{ at: `2026-11-26T10:0${minute}:00.000Z`, kind, name: 'A' },
});
const stops = [stop(1), stop(2, 'directive'), stop(2), stop(4), stop(5, 'call')];

test('FG81 a moment stands at its stop, also where two are of one moment, and now behind all', () => {
  assert.equal(placeOf(stops, undefined), 5);
  assert.equal(placeOf(stops, { at: stop(2).at, place: 1 }), 1);
  assert.equal(placeOf(stops, { at: stop(2).at, place: 2 }), 2);
});

test('FG81 of a list without that stop a moment stands at the last one before it', () => {
  assert.equal(placeOf(stops, { at: stop(3).at, place: 0 }), 2);
  assert.equal(placeOf(stops, { at: stop(0).at, place: 4 }), 0);
});

test('FG81 from any place the next act of somebody is found, on both sides', () => {
  assert.equal(actBeside(stops, 5, -1), 4);
  assert.equal(actBeside(stops, 4, -1), 1);
  assert.equal(actBeside(stops, 1, -1), undefined);
  assert.equal(actBeside(stops, 0, 1), 1);
  assert.equal(actBeside(stops, 4, 1), undefined);
});

test('FG81 a day has all of its moments, and no other', () => {
  const { from, to } = dayOf('2026-11-26');
  assert.equal(Date.parse(to) - Date.parse(from), 86_400_000 - 1);
  assert.equal(dayOf('2026-11-27').from, new Date(Date.parse(to) + 1).toISOString());
});
