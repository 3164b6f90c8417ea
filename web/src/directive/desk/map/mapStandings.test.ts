import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FollowState, followStateSchema } from '../../../api/contract.ts';
import { frameOf, mapStandings, patternOf, sumsOf } from './mapStandings.ts';

/** AK12: states of a directive that was recalled. */
const left = (['recall-asked', 'recalled', 'recall-refused', 'done', 'refused'] as const).map(
  (state): [string, FollowState, 'none'] => [`vn.${state}`, state, 'none'],
);

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

test('FG68 whatever state there is has a standing, and of those beside each other no two have one pattern', () => {
  const { options } = followStateSchema;
  const frame = frameOf({ at: '', units: options.map((state) => [`vn.${state}`, state, 'none']) }, 'vn');
  assert.ok(frame.standings.every((standing) => standing !== undefined));
  const afterRecall = new Set(frameOf({ at: '', units: left }, 'vn').standings);
  const before = mapStandings.filter((standing) => standing !== 'recalled');
  for (const beside of [before, [...afterRecall]]) {
    const patterns = beside.map((standing) => patternOf[standing]);
    assert.equal(new Set(patterns).size, patterns.length, patterns.join());
  }
});
