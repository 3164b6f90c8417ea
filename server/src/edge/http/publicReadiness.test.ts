import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import express from 'express';
import { Health } from '../../observability/health.ts';
import { publicReadiness } from './publicReadiness.ts';

test('PL3 PL10 IL1 any page reads whether a node is ready, and whether all that is amiss is that it drains', async (t) => {
  const health = new Health();
  let store: Error | undefined;
  health.register('store', () => {
    if (store) throw store;
  });
  const server = express().get('/readyz', publicReadiness(health)).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const said = async () => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    return [answer.status, await answer.json()];
  };
  assert.deepEqual(await said(), [200, { ready: true }]);
  health.drain();
  assert.deepEqual(await said(), [503, { ready: false, draining: true }]);
  store = new Error('away');
  assert.deepEqual(await said(), [503, { ready: false }], 'it is of no use to those who are there either');
  health.drain(false);
  assert.deepEqual(await said(), [503, { ready: false }]);
});
