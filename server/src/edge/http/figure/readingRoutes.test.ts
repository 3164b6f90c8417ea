import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOf } from './readingRoutes.ts';

test('FG190 CSV is answered where it is wanted more than JSON', () => {
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/csv', 'csv'],
    ['TEXT/CSV; charset=utf-8', 'csv'],
    ['application/json;q=0.5, text/csv', 'csv'],
    ['application/json, text/csv;q=0.9', 'json'],
  ];
  for (const [accept, format] of wanted) assert.equal(formatOf(accept), format, accept);
});
