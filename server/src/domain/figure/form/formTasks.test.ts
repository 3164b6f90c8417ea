import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { ASKED } from '../limits.ts';
import type { SaidRow } from './facts.ts';
import { cellsSaid, saidOfUnit } from './formTasks.ts';

test('FG60 what a roll-call has asked a unit is not looked for among what others say of it, however much was asked', () => {
  const { indicator, other } = new FigureMemory();
  const codes = [indicator.code, ...Array.from({ length: 500 }, (_, i) => `${ASKED.prefix}${i}`), other.code];
  const indicators = new Map(codes.map((code) => [code, { ...indicator, code }]));
  const cells = cellsSaid({ indicators, sources: new Map() }, Date.parse('2026-11-26T02:00:00Z'));
  assert.deepEqual([...new Set(cells.map((cell) => cell.indicator))], [indicator.code, other.code]);
});

test('FG14 FG16 a unit reads what counts of it and its own contest of that, also after something later was held or rejected', () => {
  const { indicator } = new FigureMemory();
  const period = Date.parse('2026-11-24T17:00:00Z');
  const said = (revision: number, is: Partial<SaidRow> = {}): SaidRow => ({
    ...{
      indicator: indicator.code,
      period,
      source: 'moh',
      n: revision,
      revision,
      at: new Date(period),
      value: revision,
    },
    ...{ held: false, rejected: false, contested: false, contester: null, act: null, ...is },
  });
  const read = (...rows: SaidRow[]) => {
    const definitions = { indicators: new Map([[indicator.code, indicator]]), sources: new Map() };
    const [told] = saidOfUnit({ definitions, rows, now: period + 3_600_000, path: 'vn.79' });
    return told?.words.map(({ revision, counts, ownContest }) => [revision, counts, ownContest]);
  };
  const contested = said(1, { contested: true, contester: 'vn.79' });
  assert.deepEqual(read(contested), [[1, true, true]]);
  for (const is of ['held', 'rejected'])
    assert.deepEqual(
      read(contested, said(2, { [is]: true })),
      [
        [1, true, true],
        [2, false, false],
      ],
      is,
    );
  assert.deepEqual(read(contested, said(2)), [[2, true, false]], 'it was corrected');
  assert.deepEqual(read(said(1, { held: true }), said(2, { rejected: true })), [[2, false, false]], 'nothing counts');
});
