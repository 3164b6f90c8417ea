import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormTask } from '../../api/contract.ts';
import { doubtOf, typedOf } from './typed.ts';

const task = (last: number | null, more: Partial<FormTask['indicator']> = {}): FormTask => ({
  source: 'communes',
  indicator: {
    ...{ code: 'beds', name: { vi: 'Giường', en: 'Beds' }, unit: { vi: 'giường', en: 'beds' }, scale: 0 },
    ...{ kind: 'stock', every: 'day', simulated: false, bounds: { hard: [0, 9_000], soft: [0, 2_000] }, ...more },
  },
  ...{ period: '2026-11-25T17:00:00.000Z', end: '2026-11-26T17:00:00.000Z', due: null, state: 'due', own: null },
  last: last === null ? null : { value: last, period: '2026-11-24T17:00:00.000Z' },
});

test('FG73 a field is read as the language of the page writes numbers, and a minus says that there is none', () => {
  const of = (text: string, language: 'vi' | 'en' = 'vi') => typedOf(text, task(null), language);
  assert.deepEqual(of(' '), { kind: 'nothing' });
  assert.deepEqual(of('-'), { kind: 'said', decimal: null, steps: null });
  assert.deepEqual(of('1.200'), { kind: 'said', decimal: '1200', steps: 1200 });
  assert.deepEqual(of('1,200', 'en'), { kind: 'said', decimal: '1200', steps: 1200 });
  assert.deepEqual(of('12.5'), { kind: 'bad', why: 'form' });
  assert.deepEqual(of('12,5'), { kind: 'bad', why: 'decimals' });
  assert.deepEqual(of('9.001'), { kind: 'bad', why: 'beyond' });
});

test('FG72 what looks like a slip is asked about: ten times as much or as little, a fall, an unusual number', () => {
  assert.equal(doubtOf(task(120), 1_200), 'more');
  assert.equal(doubtOf(task(120), 1_199), undefined);
  assert.equal(doubtOf(task(120), 12), 'less');
  assert.equal(doubtOf(task(120), 0), 'less');
  assert.equal(doubtOf(task(0), 4), undefined);
  assert.equal(doubtOf(task(1, { kind: 'flow' }), 4), undefined);
  assert.equal(doubtOf(task(120, { kind: 'cumulative' }), 119), 'falls');
  assert.equal(doubtOf(task(null), 2_001), 'unusual');
  assert.equal(doubtOf(task(null), null), undefined);
});
