import assert from 'node:assert/strict';
import test from 'node:test';
import { classesOf } from './classes.ts';
import { colourOf, shadesOf } from './colours.ts';

test('FG10 who is late and has said nothing is not painted as the lowest value', () => {
  for (const indicator of [{}, { cuts: { at: [5], words: [], worse: 'up' as const } }]) {
    const classes = classesOf(indicator, [0, 3, 7, 9]);
    assert.ok(shadesOf(indicator).includes(colourOf(indicator, classes, 0)));
    assert.ok(!shadesOf(indicator).includes(colourOf(indicator, classes, null)));
  }
});
