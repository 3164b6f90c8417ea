import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicatorSchema } from '../../../protocol/figureDefinition.ts';
import { decimalOf, stepsOf } from '../../../protocol/figureValue.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import { nextIndicator } from '../definitions.ts';
import { freshnessOf } from '../freshness.ts';
import { askedCode, askedIndicator, askedSource } from './askedIndicator.ts';

const number: AskedNumber = {
  ...{ label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null },
};

test('FG60 the same question is the same indicator, whatever its limits; another unit or scale is another', () => {
  const first = nextIndicator(askedIndicator(number), { indicators: new Map() });
  assert.ok(first && indicatorSchema.safeParse(first).success);
  const again = askedIndicator({ ...number, min: 10, max: 20 });
  assert.equal(nextIndicator(again, { indicators: new Map([[first.code, first]]) }), undefined);
  const codes = [number, { ...number, unit: 'máy thở' }, { ...number, scale: 1 }, { ...number, label: 'Máy thở' }];
  assert.equal(new Set(codes.map(askedCode)).size, 4);
  assert.equal(askedCode({ ...number, indicator: 'beds-free' }), 'beds-free');
});

test('FG60 what was asked stays what it is: it is not late the next day', () => {
  const asked = askedIndicator(number);
  const at = Date.parse('2026-11-26T10:00:00Z');
  assert.equal(freshnessOf(asked, at, at + 30 * 86_400_000), 'fresh');
});

test('FG60 a source speaks for the lowest territory in which all that was asked lies', () => {
  const root = (...scope: string[]) => askedSource(number, scope).root;
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
