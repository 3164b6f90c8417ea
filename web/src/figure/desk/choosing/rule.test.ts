import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../../api/contract.ts';
import { createFormats } from '../../../i18n/formats.ts';
import { chosenIn, firstRule, inLanguage, ruleOf } from './rule.ts';

const [vi, en] = [createFormats('vi'), createFormats('en')];

test('a rule begins at the worst class, in steps of the indicator', () => {
  const cuts = { at: [700, 900], words: [], worse: 'up' } as const;
  const first = firstRule({ scale: 1, cuts: { ...cuts, at: [...cuts.at], words: [] } }, vi);
  assert.deepEqual(first, { is: 'at-least', limit: '90,0', language: 'vi' });
  assert.deepEqual(ruleOf(first, 1), { rule: { is: 'at-least', value: 900 } });
  assert.deepEqual(firstRule({ scale: 1, cuts: { at: [50, 90], words: [], worse: 'down' } }, en), {
    ...{ is: 'at-most', limit: '5.0', language: 'en' },
  });
  assert.deepEqual(ruleOf(firstRule({ scale: 0 }, vi), 0), { bad: 'nothing' }, 'no limit is no rule');
});

test('FG73 a limit is read as the language of the page writes numbers, and it is said what is wrong with it', () => {
  const typed = (limit: string, language: 'vi' | 'en', scale = 0) => ruleOf({ is: 'at-least', limit, language }, scale);
  assert.deepEqual(typed('1.200', 'vi'), { rule: { is: 'at-least', value: 1_200 } });
  assert.deepEqual(typed('1,200', 'en'), { rule: { is: 'at-least', value: 1_200 } });
  assert.deepEqual(typed('12,5', 'vi', 1), { rule: { is: 'at-least', value: 125 } });
  assert.deepEqual(typed('12,5', 'vi'), { bad: 'decimals' });
  for (const [limit, language] of [
    ['x', 'vi'],
    ['1,200.5', 'vi'],
    ['1.200,5', 'en'],
    ['1 2', 'vi'],
  ] as const)
    assert.deepEqual(typed(limit, language, 1), { bad: 'form' }, limit);
  assert.deepEqual(ruleOf({ is: 'late', limit: 'x', language: 'vi' }, 0), { rule: { is: 'late' } });
});

test('a limit stays the same number when the page speaks another language', () => {
  const draft = { is: 'at-least', limit: '1.200', language: 'vi' } as const;
  assert.equal(inLanguage(draft, 0, vi), draft);
  assert.deepEqual(inLanguage(draft, 0, en), { ...draft, limit: '1,200', language: 'en' });
  assert.equal(inLanguage({ ...draft, limit: 'x' }, 0, en).limit, 'x');
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
