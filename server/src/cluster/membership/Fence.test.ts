import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fence } from './Fence.ts';
import { LEASE_MS } from './lease.ts';

function node(others = true) {
  const clocks = { steady: 0, boot: 0 };
  const told: string[] = [];
  let caughtUp: (error?: Error) => void = () => undefined;
  const fence = Fence.create({
    hasOthers: () => others,
    logger: { warn: () => undefined, info: () => undefined } as never,
    clocks: [() => clocks.steady, () => clocks.boot],
  });
  fence.guard({
    cut: () => void told.push('cut'),
    catchUp: () => {
      told.push('catch up');
      return new Promise((resolve, reject) => {
        caughtUp = (error) => (error ? reject(error) : resolve());
      });
    },
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clocks,
    told,
    fence,
    caughtUp: (error?: Error) =>
      turn()
        .then(() => caughtUp(error))
        .then(turn),
  };
}

test('CL8 stopped by either clock, a node cuts its devices first, and obeys nobody until it has caught up', async (t) => {
  for (const clock of ['steady', 'boot'] as const) {
    const { clocks, told, fence, caughtUp } = node();
    t.after(() => fence.close());
    clocks[clock] += LEASE_MS - 1;
    assert.equal(fence.isUp(), false, 'its lease is there still');
    clocks[clock] += LEASE_MS;
    assert.equal(fence.isUp(), true);
    assert.deepEqual(told, ['cut', 'catch up']);
    assert.equal(fence.isUp(), true, 'still');
    await caughtUp();
    assert.equal(fence.isUp(), false);
    assert.deepEqual(told, ['cut', 'catch up']);
  }
});

test('CL8 one that could not catch up lets nobody in', async (t) => {
  const { clocks, told, fence, caughtUp } = node();
  t.after(() => fence.close());
  clocks.boot += LEASE_MS;
  assert.equal(fence.isUp(), true);
  await caughtUp(new Error('PostgreSQL is away'));
  assert.equal(fence.isUp(), true);
  assert.deepEqual(told, ['cut', 'catch up']);
});

test('CL8 a node that is alone was not missed', (t) => {
  const { clocks, told, fence } = node(false);
  t.after(() => fence.close());
  clocks.steady += 10 * LEASE_MS;
  assert.equal(fence.isUp(), false);
  assert.deepEqual(told, []);
});
