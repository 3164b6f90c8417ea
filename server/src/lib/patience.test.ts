import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { patience } from './patience.ts';

/** Time that passes for timers, and time in which this process stands still. */
function clock(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const stand = (ms: number) => {
    now += ms;
  };
  const pass = (ms: number) => {
    stand(ms);
    t.mock.timers.tick(ms);
  };
  return { stand, pass };
}

test('patience ends once, and not when they came', (t) => {
  const { pass } = clock(t);
  let ends = 0;
  patience(2_000, () => ends++);
  patience(2_000, () => ends++).close();
  pass(1_999);
  assert.equal(ends, 0);
  pass(1);
  pass(10_000);
  assert.equal(ends, 1);
});

test('a process that stood still waits once more for who may have come meanwhile', (t) => {
  const { stand, pass } = clock(t);
  let ends = 0;
  const waiting = patience(2_000, () => ends++);
  stand(20_000);
  pass(2_000);
  assert.equal(ends, 0);
  waiting.close();
  pass(10_000);
  assert.equal(ends, 0, 'they came');
  patience(2_000, () => ends++);
  stand(20_000);
  pass(2_000);
  pass(2_000);
  assert.equal(ends, 1, 'nobody did');
});
