import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PresenceRow } from '../../api/contract.ts';
import { groupsOf, visibleLines } from './presenceTree.ts';

const row = (path: string, state: PresenceRow['state'] = 'never'): PresenceRow => ({
  unit: path.split('.').at(-1) ?? '',
  path,
  name: path,
  state,
  line: null,
  devices: 0,
  equipment: null,
  people: [],
  since: null,
  until: null,
});

test('communes stand under the unit just below the territory, with the present counted', () => {
  const lines = groupsOf([row('vn.01.001.1', 'here'), row('vn.01.001.2'), row('vn.02.024.9', 'here')], 'vn');
  assert.deepEqual(
    lines.map((line) => line.kind === 'group' && [line.code, line.rows.length, line.here]),
    [
      ['01', 2, 1],
      ['02', 1, 1],
    ],
  );
});

test('units directly below the territory stand alone', () => {
  const lines = groupsOf([row('vn.01.001.1'), row('vn.01.001.2')], 'vn.01.001');
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ['row', 'row'],
  );
});

test('only open groups show their rows', () => {
  const lines = groupsOf([row('vn.01.001.1'), row('vn.02.024.9')], 'vn');
  const shown = visibleLines(lines, (code) => code === '02');
  assert.deepEqual(
    shown.map(({ kind }) => kind),
    ['group', 'group', 'row'],
  );
});
