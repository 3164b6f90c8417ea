import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endBefore, toldAs } from './announced.ts';

const expected = 10_056;

test('FG126 FG128 what its owner gives for each tier was announced, or was not yet, whatever of its units is expected', () => {
  assert.equal(toldAs({ up: 'none', value: 12_607, counted: 0, expected }), 'announced');
  assert.equal(toldAs({ up: 'none', value: 0, counted: 0, expected }), 'announced');
  assert.equal(toldAs({ up: 'none', value: null, counted: 0, expected }), 'unannounced');
  assert.equal(
    toldAs({ up: 'none', value: 7, counted: 1, expected: 1 }),
    'units',
    'a unit that reports says it itself',
  );
});

test('FG61 FG128 of a sum nothing was announced, also where a unit has what others said before its first day', () => {
  for (const up of ['sum', 'ratio', 'weighted', 'max', 'min'] as const)
    for (const value of [null, 0, 3])
      for (const some of [0, 1, expected]) assert.equal(toldAs({ up, value, counted: 0, expected: some }), 'units');
});

test('FG126 FG128 of what does not say how it is summed up, a value that no unit has given was announced', () => {
  assert.equal(toldAs({ value: 12_607, counted: 0, expected }), 'announced');
  assert.equal(toldAs({ value: 12_607, counted: 1, expected }), 'units');
  assert.equal(toldAs({ value: null, counted: 0, expected }), 'units');
  assert.equal(toldAs({ value: 3, counted: 0, expected: 0 }), 'units', 'FG61 of a day before it began');
});

test('FG10 a value is of a period before where that had ended when the one that is told began', () => {
  const period = '2026-11-26T17:00:00.000Z';
  const next = '2026-11-27T17:00:00.000Z';
  assert.equal(endBefore({ every: 'day', period, oldest: period }), period);
  assert.equal(endBefore({ every: 'day', period, oldest: next }), undefined);
  assert.equal(endBefore({ every: 'day', period, oldest: null }), undefined);
  assert.equal(endBefore({ every: 'once', period, oldest: period }), undefined, 'it has one period');
});
