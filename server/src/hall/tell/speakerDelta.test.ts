import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linearLevel, speakerDelta } from './speakerDelta.ts';

const levels = (entries: Record<string, number>) => new Map(Object.entries(entries));

test('only what changed is told', () => {
  assert.deepEqual(speakerDelta(levels({}), levels({ an: 0.5 }), true), [{ sid: 'an', level: 0.5, active: true }]);
  assert.deepEqual(speakerDelta(levels({ an: 0.5 }), levels({ an: 0.55 }), true), []);
  assert.deepEqual(speakerDelta(levels({ an: 0.5 }), levels({ an: 0.7 }), true), [
    { sid: 'an', level: 0.7, active: true },
  ]);
  assert.deepEqual(
    speakerDelta(levels({ an: 0.5 }), levels({ an: 0.7 }), false),
    [],
    'in a large room only on and off',
  );
  assert.deepEqual(speakerDelta(levels({ an: 0.5 }), levels({ binh: 0.2 }), false), [
    { sid: 'binh', level: 0.2, active: true },
    { sid: 'an', level: 0, active: false },
  ]);
});

test('decibels become a level between 0 and 1', () => {
  assert.equal(linearLevel(0), 1);
  assert.ok(Math.abs(linearLevel(-20) - 0.1) < 1e-9);
});
