import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureActDone } from '../../../api/contract.ts';
import { contestsOn, decisionsOn, standingOf } from './standing.ts';

const said = (source: string, revision: number, is: '' | 'held' | 'counts', ...acts: FigureActDone['act'][]) => ({
  ...{ source, revision, value: 7, held: is === 'held', counts: is === 'counts' },
  acts: acts.map((act, n) => ({ n, at: '2026-11-26T10:00:00Z', act, by: 'A', unit: 'vn', reason: null })),
});
type Said = ReturnType<typeof said>;
const standings = (...all: Said[]) => all.map((one) => standingOf(one, all));
const decisions = (...all: Said[]) => all.map((one) => decisionsOn(one, all).join());

test('FG8 FG14 what does not count was rejected, replaced, held, or is the word of a source below another', () => {
  assert.deepEqual(standings(said('a', 1, ''), said('a', 2, 'counts'), said('b', 1, '')), [
    ...['replaced', 'counts', 'other'],
  ]);
  assert.deepEqual(standings(said('a', 1, 'counts'), said('a', 2, '', 'reject')), ['counts', 'rejected']);
  assert.deepEqual(standings(said('a', 1, 'counts'), said('b', 1, '', 'release')), ['counts', 'other']);
  assert.deepEqual(standings(said('a', 1, 'held'), said('a', 2, 'counts')), ['replaced', 'counts']);
});

test('FG14 what is held replaces nothing, and neither does what was rejected', () => {
  assert.deepEqual(standings(said('b', 1, ''), said('b', 2, 'held'), said('a', 1, 'counts')), [
    ...['other', 'held', 'counts'],
  ]);
  assert.deepEqual(standings(said('b', 1, ''), said('b', 2, '', 'reject'), said('a', 1, 'counts')), [
    ...['other', 'rejected', 'counts'],
  ]);
  assert.deepEqual(standings(said('a', 1, 'held'), said('a', 2, 'held')), ['replaced', 'held']);
});

test('FG14 the newest word of a source is decided on if it was held, and a decision may be undone', () => {
  assert.deepEqual(decisions(said('a', 1, 'held')), ['release,reject']);
  assert.deepEqual(decisions(said('a', 1, '', 'reject')), ['release']);
  assert.deepEqual(decisions(said('a', 1, 'counts', 'reject', 'release', 'contest')), ['reject']);
  assert.deepEqual(decisions(said('a', 1, 'held'), said('a', 2, 'counts'), said('b', 1, 'held')), [
    ...['', '', 'release,reject'],
  ]);
  assert.deepEqual(decisions(said('a', 1, 'held'), said('a', 2, '', 'reject')), ['release,reject', 'release']);
});

test('FG16 FG17 what counts is contested; who contested withdraws, and somebody else answers', () => {
  const contests = (one: Said, name: string, unit: string) => contestsOn(one, { name, unit }).join();
  const plain = said('a', 1, 'counts');
  assert.equal(contests(plain, 'B', '79'), 'contest');
  assert.equal(contestsOn({ ...plain, value: null }, { name: 'B', unit: '79' }).join(), '');
  assert.equal(contests(said('a', 1, 'held'), 'B', '79'), '');
  // Those acts are by A of the nation.
  const contested = said('a', 1, 'counts', 'release', 'contest', 'reject', 'release');
  assert.equal(contests(contested, 'B', '79'), 'answer');
  assert.equal(contests(contested, 'A', 'vn'), 'withdraw');
  assert.equal(contests(contested, 'B', 'vn'), 'withdraw,answer');
  for (const over of ['answer', 'withdraw'] as const)
    assert.equal(contests(said('a', 1, 'counts', 'contest', over), 'A', 'vn'), 'contest');
});
