import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followStateSchema } from '../../../api/contract.ts';
import { frameOf, patternOf, standingColours, sumsOf } from './mapStandings.ts';

test('FG68 a map says of each addressee where it stands, by a pattern, and which are overdue', () => {
  const frame = frameOf(
    {
      at: '2026-11-26T02:00:00.000Z',
      units: [
        ['vn.1.11', 'done', 'on-time'],
        ['vn.1.12', 'in-progress', 'overdue'],
        ['vn.2.21', 'sent', 'overdue'],
        ['vn.2.22', 'question', 'none'],
      ],
    },
    'vn',
  );
  assert.deepEqual(frame.standings, ['done', 'accepted', 'waiting', 'question']);
  assert.equal(frame.states, 'flnc');
  assert.deepEqual([...frame.overdue], ['vn.1.12', 'vn.2.21']);
  const { overdue, accepted, waiting, done } = sumsOf(frame, [1, 2]);
  assert.deepEqual([overdue, accepted, waiting, done], [2, 1, 1, 0]);
});

test('FG68 whatever state there is has a standing, and no two standings look alike', () => {
  const { options } = followStateSchema;
  const frame = frameOf({ at: '', units: options.map((state) => [`vn.${state}`, state, 'none']) }, 'vn');
  assert.ok(frame.standings.every((standing) => standing !== undefined));
  const looks = Object.entries(patternOf).map(([name, pattern]) => `${pattern} ${standingColours[name as 'done']}`);
  assert.equal(new Set(looks).size, looks.length);
});
