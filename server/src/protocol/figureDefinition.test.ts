import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureSourceSchema, indicatorSchema } from './figureDefinition.ts';

const indicator = {
  ...{ code: 'cases', name: { vi: 'Ca mắc mới', en: 'New cases' }, unit: { vi: 'ca', en: 'cases' }, scale: 0 },
  ...{
    kind: 'flow',
    every: 'day',
    up: 'sum',
    dueSeconds: 0,
    staleSeconds: 0,
    mayStage: true,
    simulated: false,
    version: 1,
  },
} as const;
const source = { code: 'health', name: 'Bộ Y tế', rank: 1, root: '79', indicators: ['cases'], simulated: false };

test('NM1 no indicator, class or source of figures is called by characters that are not seen', () => {
  assert.equal(indicatorSchema.safeParse(indicator).success, true);
  assert.equal(figureSourceSchema.safeParse(source).success, true);
  for (const bad of ['Ca\u202emắc', 'Ca\u200bmắc', '\u001b[2JCa', 'Ca\nmắc']) {
    const words = { vi: bad, en: 'Cases' };
    assert.equal(indicatorSchema.safeParse({ ...indicator, name: words }).success, false, JSON.stringify(bad));
    assert.equal(indicatorSchema.safeParse({ ...indicator, unit: words }).success, false);
    assert.equal(indicatorSchema.safeParse({ ...indicator, owner: words }).success, false);
    const cuts = { at: [1], words: [words, words], worse: 'up' };
    assert.equal(indicatorSchema.safeParse({ ...indicator, cuts }).success, false);
    assert.equal(figureSourceSchema.safeParse({ ...source, name: bad }).success, false);
  }
});
