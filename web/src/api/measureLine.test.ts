import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from './measureLine.ts';

test('the weaker direction decides what a person is told', () => {
  const table = [
    [5000, 3000, 'good'],
    [5000, 600, 'fair'],
    [1000, 3000, 'fair'],
    [300, 300, 'weak'],
    [5000, 120, 'weak'],
    [150, 5000, 'poor'],
  ] as const;
  for (const [downKbps, upKbps, verdict] of table) assert.equal(verdictOf({ downKbps, upKbps }), verdict);
});
