import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureRowSchema } from '../../../protocol/figureBatch.ts';
import { LONGEST_FIGURE } from '../../../protocol/limits.ts';
import { isRow, rowOf } from './rowOf.ts';

const CELLS = ['', '0', 'x'.repeat(LONGEST_FIGURE), 'x'.repeat(LONGEST_FIGURE + 1), null, 7, true, undefined, {}];

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
