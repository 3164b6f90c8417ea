import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MuteNotices } from './MuteNotices.ts';

test('PN15 a client that ignored that it is muted is told again until it answers, and ten times at most', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const told: string[] = [];
  const notices = new MuteNotices((sid) => told.push(sid));
  notices.begin('TR_a');
  notices.begin('TR_b');
  assert.deepEqual(told, ['TR_a', 'TR_b'], 'at once');
  t.mock.timers.tick(1_000);
  assert.deepEqual(told.slice(2), ['TR_a', 'TR_b']);
  notices.end('TR_a');
  for (let s = 0; s < 20; s++) t.mock.timers.tick(1_000);
  assert.deepEqual(told.filter((sid) => sid === 'TR_a').length, 2, 'it answered');
  assert.deepEqual(told.filter((sid) => sid === 'TR_b').length, 10);
  notices.begin('TR_a');
  notices.close();
  t.mock.timers.tick(5_000);
  assert.deepEqual(told.filter((sid) => sid === 'TR_a').length, 3, 'nobody is told after the end');
});
