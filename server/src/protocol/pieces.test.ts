import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieceQuerySchema } from './pieces.ts';

test('FG108 FG121 pieces are asked for in steps: nobody makes up so many others that those of all give way', () => {
  const schema = pieceQuerySchema({ first: 400, most: 12_800 });
  assert.deepEqual(schema.parse({}), { from: 0, most: 400 });
  for (const asked of [
    { from: '400', most: '800' },
    { from: '1200', most: '12800' },
  ])
    assert.ok(schema.safeParse(asked).success, JSON.stringify(asked));
  for (const asked of [{ from: '1' }, { from: '-400' }, { most: '1200' }, { most: '200' }, { most: '25600' }])
    assert.ok(!schema.safeParse(asked).success, JSON.stringify(asked));
});
