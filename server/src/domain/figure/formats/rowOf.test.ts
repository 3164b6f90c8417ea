import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureRowSchema } from '../../../protocol/figureBatch.ts';
import { LONGEST_FIGURE } from '../../../protocol/limits.ts';
import { isKept } from '../../../protocol/text.ts';
import { isRow, rowOf } from './rowOf.ts';

const CELLS = [
  '',
  '0',
  'a\u0000',
  '\ud83d',
  'x'.repeat(LONGEST_FIGURE),
  'x'.repeat(LONGEST_FIGURE + 1),
  null,
  7,
  true,
  undefined,
  {},
];

test('FG43 a row has the form of one exactly when the schema says so, whatever stands in which column', () => {
  let rows = 0;
  for (const indicator of CELLS)
    for (const unit of CELLS)
      for (const period of CELLS)
        for (const value of CELLS) {
          const found = rowOf({ row: 1, indicator, unit, period, value });
          const said = { row: 1, indicator, unit, period, value: typeof value === 'number' ? String(value) : value };
          const bySchema = figureRowSchema.safeParse(said);
          assert.equal(isRow(found), bySchema.success && value !== '');
          if (!isRow(found)) continue;
          assert.deepEqual(found, bySchema.data);
          rows += 1;
        }
  assert.ok(rows > 0);
});

test('FG43 what no database keeps is refused in its column, and what is told of it can be kept', () => {
  const good = { row: 1, indicator: 'beds', unit: '1', period: '2026-11-26', value: '1' };
  const cut = `${'x'.repeat(63)}😀x`;
  for (const column of ['indicator', 'unit', 'period', 'value', 'seen'])
    for (const text of ['a\u0000b', '\ud83d', cut]) {
      const found = rowOf({ ...good, [column]: text });
      assert.ok(!isRow(found), `${column} ${JSON.stringify(text)}`);
      const { value = '' } = found;
      assert.ok(isKept(value) && value.length > 0, JSON.stringify(value));
    }
});
