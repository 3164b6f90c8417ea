import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StagedFigures, StagedMove } from '../contract.ts';
import { withMove } from './staged.ts';

const coverage = { expected: 4, fresh: 4, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
const words = { vi: 'ca', en: 'cases' };
const time = { n: 1, at: '2026-11-26T10:00:00.000Z', oldest: null };
const period = '2026-11-26T00:00:00.000Z';
const staged: StagedFigures = {
  ...{ briefing: 'b', version: 1 },
  shown: {
    ...{ depth: 'provinces', view: 'map', mark: null, content: 'c' },
    picture: {
      indicator: { code: 'cases', name: words, unit: words, scale: 0, kind: 'flow', every: 'day', simulated: true },
      ...{ root: 'vn', rootName: 'Việt Nam', period, value: 30, coverage, ...time },
      units: [
        ['01', 10, 2, 2],
        ['79', 20, 2, 2],
      ],
      ...{ names: ['Hà Nội', 'Hồ Chí Minh'], series: [25, 30], starts: [Date.parse(period) / 1000 - 86_400, 86_400] },
      beside: ['tests', 'beds'].map((code) => ({
        indicator: { code, name: words, unit: words, scale: 0, every: 'day', simulated: true },
        ...{ period, value: 7, coverage, oldest: null, series: [6, 7] },
        starts: [Date.parse(period) / 1000 - 86_400, 86_400],
      })),
    },
  },
};
const move: StagedMove = {
  ...{ briefing: 'b', version: 2, mark: { kind: 'unit', unit: '79' }, value: 31, coverage, ...time, n: 2 },
  units: [['79', 21, 2, 2]],
};

test('FG66 what moves takes its place, with the newest point of the series, and the rest stays', () => {
  const after = withMove(staged, move);
  assert.deepEqual(after?.shown?.picture.units, [
    ['01', 10, 2, 2],
    ['79', 21, 2, 2],
  ]);
  assert.deepEqual([after?.version, after?.shown?.mark, after?.shown?.picture.n], [2, move.mark, 2]);
  assert.deepEqual(after?.shown?.picture.series, [25, 31]);
  assert.deepEqual(after?.shown?.picture.names, ['Hà Nội', 'Hồ Chí Minh']);
});

test('FG75 what moves of the figures beside takes its place in each of them, and those that are not told of stay', () => {
  assert.equal(withMove(staged, move)?.shown?.picture.beside[1], staged.shown?.picture.beside[1]);
  const sums = [7, 9].map((value) => ({ value, coverage, oldest: null }));
  const after = withMove(staged, { ...move, beside: sums });
  assert.deepEqual(
    after?.shown?.picture.beside.map(({ indicator, value, series }) => [indicator.code, value, series]),
    [
      ['tests', 7, [6, 7]],
      ['beds', 9, [6, 9]],
    ],
  );
});

test('FG141 what is coming in stays until it moves, and goes when it is said to be gone', () => {
  const coming = { period: '2026-11-27T00:00:00.000Z', counted: 1, expected: 4 };
  const first = withMove(staged, { ...move, coming });
  assert.deepEqual(first?.shown?.picture.coming, coming);
  assert.deepEqual(withMove(first, move)?.shown?.picture.coming, coming);
  assert.equal(withMove(first, { ...move, coming: null })?.shown?.picture.coming, undefined);
});

test('FG128 of which period an announcement is stays until it moves', () => {
  const before: [string, number][] = [['01', 1_793_000_000]];
  const older = withMove(staged, { ...move, before });
  assert.deepEqual(older?.shown?.picture.before, before);
  assert.deepEqual(withMove(older, move)?.shown?.picture.before, before);
  assert.deepEqual(withMove(older, { ...move, before: [] })?.shown?.picture.before, []);
});

test('FG66 a move that comes after a clear, or late, changes nothing', () => {
  const empty: StagedFigures = { briefing: 'b', version: 3, shown: null };
  assert.equal(withMove(empty, move), empty);
  assert.equal(withMove(undefined, move), undefined);
  const newer = { ...staged, version: 3 };
  assert.equal(withMove(newer, move), newer);
});

test('FG172 a move that tells of no unit without a denominator takes away what was told of some', () => {
  if (!staged.shown) throw new Error('nothing is shown');
  const picture = { ...staged.shown.picture, unweighed: 2 };
  const before = { ...staged, shown: { ...staged.shown, picture } };
  assert.equal(withMove(before, move)?.shown?.picture.unweighed, undefined);
  assert.equal(withMove(before, { ...move, unweighed: 1 })?.shown?.picture.unweighed, 1);
});
