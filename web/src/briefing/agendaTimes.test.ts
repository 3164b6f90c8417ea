import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agendaTimes } from './agendaTimes.ts';

test('an item has a time as long as all before it say how long they take', () => {
  const items = [{ title: 'a', minutes: 10 }, { title: 'b', minutes: 75 }, { title: 'c' }, { title: 'd', minutes: 5 }];
  assert.deepEqual(agendaTimes(items, '2026-11-26T02:00:00.000Z'), [
    '2026-11-26T02:00:00.000Z',
    '2026-11-26T02:10:00.000Z',
    '2026-11-26T03:25:00.000Z',
    undefined,
  ]);
});
