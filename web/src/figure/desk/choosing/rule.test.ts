import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../../api/contract.ts';
import { chosenIn, firstRule, ruleOf } from './rule.ts';

test('a rule begins at the worst class, in steps of the indicator', () => {
  const cuts = { at: [700, 900], words: [], worse: 'up' } as const;
  const first = firstRule({ scale: 1, cuts: { ...cuts, at: [...cuts.at], words: [] } });
  assert.deepEqual(first, { is: 'at-least', limit: '90' });
  assert.deepEqual(ruleOf(first, 1), { is: 'at-least', value: 900 });
  assert.deepEqual(firstRule({ scale: 1, cuts: { at: [50, 90], words: [], worse: 'down' } }), {
    is: 'at-most',
    limit: '5',
  });
  assert.equal(ruleOf(firstRule({ scale: 0 }), 0), undefined, 'no limit is no rule');
  assert.equal(ruleOf({ is: 'at-least', limit: 'x' }, 0), undefined);
  assert.deepEqual(ruleOf({ is: 'late', limit: '' }, 0), { is: 'late' });
});

test('FG55 what is marked is what the rule chooses in the place that is looked at, less what was taken out', () => {
  const frame = {
    units: ['vn.1.a', 'vn.1.b', 'vn.2.c', 'vn.2.d'],
    values: [90, 95, 91, 97],
    states: 'fhfs',
  } as unknown as FigureFrame;
  const rule = { is: 'at-least', value: 90 } as const;
  assert.deepEqual([...chosenIn(frame, rule, 'vn', new Set())], ['vn.1.a', 'vn.1.b', 'vn.2.c']);
  assert.deepEqual([...chosenIn(frame, rule, 'vn.1', new Set(['vn.1.a']))], ['vn.1.b']);
  assert.deepEqual([...chosenIn(frame, undefined, 'vn', new Set())], []);
});
