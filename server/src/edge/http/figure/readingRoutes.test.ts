import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOf } from './readingRoutes.ts';

test('FG190 FG192 CSV and SDMX-CSV are answered where they are wanted more than JSON', () => {
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/csv', 'csv'],
    ['TEXT/CSV; charset=utf-8', 'csv'],
    ['application/json;q=0.5, text/csv', 'csv'],
    ['application/json, text/csv;q=0.9', 'json'],
    ['application/vnd.sdmx.data+csv;version=2.0.0', 'sdmx'],
    ['application/vnd.sdmx.data+csv;q=x, text/csv', 'csv'],
  ];
  for (const [accept, format] of wanted) assert.equal(formatOf(accept), format, accept);
});
