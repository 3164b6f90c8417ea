import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { test } from 'node:test';
import { Load } from './Load.mjs';

test('how busy the machine is, with those that give way and without them', (t) => {
  let now = { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 };
  t.mock.method(os, 'cpus', () => [{ times: now }]);
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const [all, others] = [new Load(), new Load({ gentle: false })];
  now = { user: 20, nice: 50, sys: 10, idle: 20, irq: 0 };
  assert.equal(all.look(), 0.8);
  assert.equal(others.look(), 0.3);
});
