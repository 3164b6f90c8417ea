import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SaidNumbers } from '../../../api/contract.ts';
import { stageOf, takeNumbers } from './askedFrame.ts';

const told = (seq: number, units: SaidNumbers['units']): SaidNumbers => ({ round: 'r', seq, units });
const about = { root: 'vn', period: '2026-11-26T02:00:00.000Z', pathOf: (code: string) => `vn.${code[0]}.${code}` };

test('FG32 a map of a running round takes what changed, and keeps its list of units', () => {
  const first = takeNumbers(
    undefined,
    told(1, [
      ['11', 5, 'f'],
      ['12', null, 'n'],
      ['21', null, 'n'],
    ]),
    about,
  );
  assert.deepEqual(first.units, ['vn.1.11', 'vn.1.12', 'vn.2.21']);
  const next = takeNumbers(
    first,
    told(4, [
      ['12', 0, 'l'],
      ['21', 900, 'h'],
    ]),
    about,
  );
  assert.deepEqual([next.values, next.states, next.n], [[5, 0, 900], 'flh', 4]);
  assert.equal(next.units, first.units, 'what was laid out by it stands');
  assert.deepEqual(takeNumbers(next, told(6, []), about), { ...next, n: 6 });
});

test('classes of a round that fills stay until four times as many have said a number', () => {
  const of = (said: number) => stageOf({ values: [...Array(20).keys()].map((i) => (i < said ? i : null)) });
  assert.deepEqual([0, 1, 3, 4, 15, 16].map(of), [0, 1, 1, 2, 2, 3]);
});
