import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOwnCodes } from './ownCodes.ts';

const row = (nr: number, indicator: string, unit: string) => ({
  row: nr,
  indicator,
  unit,
  period: '2026-11-26',
  value: '1',
});
const units = new Map([
  ['DiszpKrYNg8', '00001'],
  ['00001', '00004'],
]);

test('FG45 foreign codes go through the table of their source, and what is not in it is unknown', () => {
  const rows = [row(1, 'beds', 'DiszpKrYNg8'), row(2, 'beds', '00001'), row(3, 'beds', '00004')];
  const { known, unknown } = inOwnCodes(rows, { indicator: new Map(), unit: units });
  assert.deepEqual(
    known.map(({ row: nr, indicator, unit }) => [nr, indicator, unit]),
    [
      [1, 'beds', '00001'],
      [2, 'beds', '00004'],
    ],
  );
  assert.deepEqual(
    unknown.map(({ row: nr, column, value, reason }) => [nr, column, value, reason]),
    [[3, 'unit', '00004', 'unknown-unit']],
  );
  const none = inOwnCodes(rows, { indicator: new Map([['x', 'beds']]), unit: new Map() });
  assert.deepEqual([none.known, none.unknown.map(({ reason }) => reason)], [[], Array(3).fill('unknown-indicator')]);
});

test('FG45 a source without a table uses the codes of this installation', () => {
  const rows = [row(1, 'beds', '00001')];
  assert.deepEqual(inOwnCodes(rows, { indicator: new Map(), unit: new Map() }), { known: rows, unknown: [] });
});
