import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicatorSchema } from '../../../protocol/figureDefinition.ts';
import { decimalOf, stepsOf } from '../../../protocol/figureValue.ts';
import { MOST_REPORTERS } from '../../../protocol/limits.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import { nextIndicator } from '../definitions.ts';
import { freshnessOf } from '../freshness.ts';
import { askedCode, askedIndicator, askedSource, type NumberRound } from './askedIndicator.ts';

const number: AskedNumber = {
  ...{ label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null },
};

const asked = (more: Partial<NumberRound> = {}): NumberRound => ({
  ...{ id: 'one', openedAt: new Date('2026-11-26T10:42:00Z'), scope: ['vn.79'], ...more },
});

test('FG147 rounds of the same words are figures of their own, told apart by when they were asked', () => {
  const first = nextIndicator(askedIndicator(number, asked()), { indicators: new Map() });
  assert.ok(first && indicatorSchema.safeParse(first).success);
  assert.equal(
    nextIndicator(askedIndicator(number, asked()), { indicators: new Map([[first.code, first]]) }),
    undefined,
  );
  const other = askedIndicator(number, asked({ id: 'two', openedAt: new Date('2026-11-26T11:00:00Z') }));
  assert.notEqual(other.code, first.code);
  assert.deepEqual(
    [first.name.vi, other.name.vi],
    ['Giường trống (17:42 26/11/2026)', 'Giường trống (18:00 26/11/2026)'],
  );
  assert.equal(askedCode({ ...number, indicator: 'beds-free' }, asked()), 'beds-free');
  const long = askedIndicator({ ...number, label: 'ô'.repeat(200) }, asked());
  assert.ok(indicatorSchema.safeParse({ ...long, version: 1 }).success);
});

test('FG147 expected are those who were asked: the territories of a round, or the units of a selection', () => {
  assert.deepEqual(askedIndicator(number, asked({ scope: ['vn.79', 'vn.1'] })).reporters, ['79', '1']);
  assert.deepEqual(askedIndicator(number, asked({ units: ['26734', '26737'] })).reporters, ['26734', '26737']);
  const many = Array.from({ length: MOST_REPORTERS + 1 }, (_, i) => `${i}`);
  assert.deepEqual(askedIndicator(number, asked({ units: many })).reporters, ['79']);
});

test('FG147 what came in under the words of a round goes on under them', () => {
  const before = asked({ shared: true });
  assert.equal(askedCode(number, before), askedCode(number, { ...before, id: 'two' }));
  assert.deepEqual(
    [askedIndicator(number, before).name.vi, askedIndicator(number, before).reporters],
    ['Giường trống', undefined],
  );
});

test('FG60 what was asked stays what it is: it is not late the next day', () => {
  const beds = askedIndicator(number, asked());
  const at = Date.parse('2026-11-26T10:00:00Z');
  assert.equal(freshnessOf(beds, at, at + 30 * 86_400_000), 'fresh');
});

test('FG60 a source speaks for the lowest territory in which all that was asked lies', () => {
  const root = (...scope: string[]) => askedSource(number, asked({ scope })).root;
  assert.deepEqual(
    [root('vn.79'), root('vn.79.1', 'vn.79.2'), root('vn.79.1', 'vn.8'), root('vn.7', 'vn.79')],
    [...['79', '79', 'vn', 'vn']],
  );
});

test('FG2 steps become the decimal that becomes the same steps', () => {
  for (const scale of [0, 1, 6])
    for (const steps of [0, 1, -1, 9, 10, -105, 1_234_567, 800_000_000_000])
      assert.equal(stepsOf(decimalOf(steps, scale), scale), steps, `${steps} at ${scale}`);
  assert.equal(decimalOf(-5, 2), '-0.05');
});
