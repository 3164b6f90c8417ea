import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureFrame } from '../../../api/contract.ts';
import { changeFrame, colourOfChange, shadesOfChange, strongFrom } from './changeFrame.ts';

const frame: FigureFrame = {
  ...{ indicator: 'beds', period: '2026-11-26T17:00:00.000Z', n: 7, root: 'vn', upper: [] },
  units: ['vn.1', 'vn.2', 'vn.3', 'vn.4', 'vn.5'],
  values: [14, 3, 9, null, 8],
  states: 'fflnf',
  against: { period: '2026-11-25T17:00:00.000Z', values: [10, 5, 9, 4, null], upper: [] },
};

test('FG97 rises, falls, what is the same and what is not known have patterns of their own', () => {
  const told = changeFrame(frame);
  assert.deepEqual(told?.changes, [4, -2, 0, null, null]);
  assert.equal(told?.states, 'flcnn');
  const { against: _, ...alone } = frame;
  assert.equal(changeFrame(alone), undefined);
});

test('half of what has changed is strong, and the worse direction has the colour of what is worse', () => {
  assert.equal(strongFrom([4, -2, 0, null, 1, -9]), 4);
  assert.equal(strongFrom([0, null]), undefined);
  const up: Parameters<typeof shadesOfChange>[0] = { cuts: { at: [], words: [], worse: 'up' } };
  assert.deepEqual(shadesOfChange(up, 'rise'), ['--figure-worse-2', '--figure-worse-4']);
  assert.deepEqual(shadesOfChange(up, 'fall'), ['--figure-2', '--figure-4']);
  assert.deepEqual(shadesOfChange({}, 'fall'), ['--figure-worse-2', '--figure-worse-4']);
  assert.equal(colourOfChange({}, 4, 3), '--figure-2');
  assert.equal(colourOfChange({}, 4, -4), '--figure-worse-4');
  assert.equal(colourOfChange({}, 4, null), '--line-strong');
});
