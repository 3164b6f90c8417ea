import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { WithPicture } from './WithPicture.ts';

test('FG106 figures come when the picture of the same moment does, in their order, and at once where no picture waits', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const pass = (ms: number) => {
    now += ms;
    mock.timers.tick(ms);
  };
  const drawn: string[] = [];
  const held = new WithPicture();
  held.take(() => drawn.push('first of all'));
  assert.deepEqual(drawn, ['first of all'], 'whoever comes late has no picture yet');
  let lag = 2_000;
  held.lag = () => lag;
  held.take(() => drawn.push('map'));
  pass(1_999);
  lag = 100;
  held.take(() => drawn.push('mark'));
  assert.equal(drawn.length, 1);
  pass(1);
  assert.deepEqual(drawn.slice(1), ['map']);
  pass(98);
  assert.deepEqual(drawn.slice(1), ['map']);
  pass(1);
  assert.deepEqual(drawn.slice(1), ['map', 'mark']);
  lag = 1_000;
  held.take(() => drawn.push('clear'));
  held.close();
  assert.equal(drawn.at(-1), 'clear');
});
