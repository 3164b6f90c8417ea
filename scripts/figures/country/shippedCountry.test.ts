import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shippedCountry } from './shippedCountry.ts';

test('FG160 the outlines that ship with the program are those that are made from their source', () => {
  const file = new URL('../../../server/src/domain/figure/borders/country/provinces.borders.json', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), `${JSON.stringify(shippedCountry())}\n`);
});
