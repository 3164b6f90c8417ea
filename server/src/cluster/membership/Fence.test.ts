import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fence } from './Fence.ts';
import { SURE_MS } from './Sightings.ts';

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
    // Whatever is told by a connection that ends is asked here, too.
    cut: () => void told.push(`cut, ${fence.isUp() ? 'fenced' : 'obeying'}`),
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
    after: (ms: number, clock: 'steady' | 'boot' = 'steady') => {
      clocks[clock] += ms;
      return fence.isUp();
    },
    caughtUp: (error?: Error) =>
      turn()
        .then(() => caughtUp(error))
        .then(turn),
  };
}

test('CL8 stopped by either clock, a node cuts its devices first, and obeys nobody until it has caught up', async (t) => {
  for (const clock of ['steady', 'boot'] as const) {
    const { after, told, fence, caughtUp } = node();
    t.after(() => fence.close());
    assert.equal(after(SURE_MS - 1, clock), false, 'nobody counts it as dead');
    assert.equal(after(SURE_MS, clock), true);
    assert.deepEqual(told, ['cut, fenced', 'catch up']);
    assert.equal(fence.isUp(), true, 'still');
    await caughtUp();
    assert.equal(fence.isUp(), false);
    assert.deepEqual(told, ['cut, fenced', 'catch up']);
  }
});

test('CL8 what counts is whether it was missed in the gap', (t) => {
  const { after, told, fence } = node();
  t.after(() => fence.close());
  const renewed = fence.renewing();
  for (let beat = 0; beat < 2; beat++) assert.equal(after(500), false);
  renewed();
  fence.renewing()();
  assert.equal(after(SURE_MS - 1), false, 'a gap, and nobody counts it as dead');
  for (let beat = 0; beat < 30; beat++) assert.equal(after(500), false, 'Redis is away, and that is no stop');
  assert.equal(after(SURE_MS - 1), false, 'it was not known long before');
  assert.equal(after(SURE_MS), true, 'longer than anybody waits');
  assert.deepEqual(told, ['cut, fenced', 'catch up']);
});

test('CL8 a node whose lease was over for a moment, since it was busy, was missed by nobody, and goes on', (t) => {
  const { after, told, fence } = node();
  t.after(() => fence.close());
  fence.renewing()();
  // On a machine with ten times as much to do as it can, a fifth of a second of work takes two.
  for (let beat = 0; beat < 3; beat++) assert.equal(after(500), false);
  assert.equal(after(2_400), false);
  assert.deepEqual(told, []);
});

test('CL8 a gap in which it was missed is a stop, though others wait for longer than it', (t) => {
  const { after, fence } = node();
  t.after(() => fence.close());
  fence.renewing()();
  assert.equal(after(500), false);
  assert.equal(after(500), false);
  assert.equal(after(SURE_MS - 1_000), true);
});

test('CL8 one that could not catch up lets nobody in', async (t) => {
  const { after, told, fence, caughtUp } = node();
  t.after(() => fence.close());
  assert.equal(after(SURE_MS, 'boot'), true);
  await caughtUp(new Error('PostgreSQL is away'));
  assert.equal(fence.isUp(), true);
  assert.deepEqual(told, ['cut, fenced', 'catch up']);
});

test('CL8 stopped again while it catches up, it reads once more', async (t) => {
  const { after, told, fence, caughtUp } = node();
  t.after(() => fence.close());
  assert.equal(after(SURE_MS), true);
  assert.equal(after(SURE_MS), true);
  await caughtUp();
  assert.equal(fence.isUp(), true, 'what was read is old');
  assert.deepEqual(told, ['cut, fenced', 'catch up', 'cut, fenced', 'catch up']);
  await caughtUp();
  assert.equal(fence.isUp(), false);
});

test('CL8 a node that is alone was not missed', (t) => {
  const { after, told, fence } = node(false);
  t.after(() => fence.close());
  assert.equal(after(10 * SURE_MS), false);
  assert.deepEqual(told, []);
});
