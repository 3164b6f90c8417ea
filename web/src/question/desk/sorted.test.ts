import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuestionRow, QuestionState } from '../../api/contract.ts';
import { sorted, views } from './sorted.ts';

const at = '2026-09-02T02:00:00.000Z';
function row(id: string, desk: string, state: QuestionState, more: Partial<QuestionRow> = {}): QuestionRow {
  return {
    ...{ id, seq: 1, unit: id, path: `vn.1.11.${id}`, name: id, within: '', person: null, text: '?', at, desk, state },
    ...{ into: null, ...more },
  };
}
const rows = new Map(
  [
    row('a', 'vn.1.11', { kind: 'sent' }),
    row('b', 'vn.1', { kind: 'passed', to: 'vn.1' }),
    row('c', 'vn', { kind: 'passed', to: 'vn' }),
    row('d', 'vn', { kind: 'chosen' }),
    row('e', 'vn', { kind: 'answered', air: { at, by: 'A' }, written: null }),
    row('f', 'vn.1', { kind: 'declined', why: 'không', at }),
    row('g', 'vn.1', { kind: 'withdrawn', at }),
    row('h', 'vn.1', { kind: 'passed', to: 'vn.1' }, { into: 'd' }),
    row('i', 'vn.1', { kind: 'passed', to: 'vn.1' }, { into: 'h' }),
  ].map((one) => [one.id, one]),
);
const seen = (home: string) => {
  const { rows: found } = sorted(rows, home, 'vn');
  return Object.fromEntries(views.map((view) => [view, found[view].map(({ id }) => id).join('')]));
};

test('QU5 each tier sees what waits for it, and what lies elsewhere', () => {
  assert.deepEqual(seen('vn'), { chosen: 'd', here: 'c', below: 'ab', above: '', answered: 'e', declined: 'f' });
  assert.deepEqual(seen('vn.1'), { chosen: '', here: 'ab', below: '', above: 'cd', answered: 'e', declined: 'f' });
  assert.deepEqual(seen('vn.1.11'), { chosen: '', here: 'a', below: '', above: 'bcd', answered: 'e', declined: 'f' });
});

test('QU8 what was joined is counted with the question whose answer counts, also over two steps', () => {
  assert.deepEqual([...sorted(rows, 'vn', 'vn').others], [['d', 2]]);
});
