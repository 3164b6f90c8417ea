import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { ASKED } from '../limits.ts';
import { cellsSaid } from './formTasks.ts';

test('FG60 what a roll-call has asked a unit is not looked for among what others say of it, however much was asked', () => {
  const { indicator, other } = new FigureMemory();
  const codes = [indicator.code, ...Array.from({ length: 500 }, (_, i) => `${ASKED.prefix}${i}`), other.code];
  const indicators = new Map(codes.map((code) => [code, { ...indicator, code }]));
  const cells = cellsSaid({ indicators, sources: new Map() }, Date.parse('2026-11-26T02:00:00Z'));
  assert.deepEqual([...new Set(cells.map((cell) => cell.indicator))], [indicator.code, other.code]);
});
