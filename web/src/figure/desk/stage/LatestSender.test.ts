import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LatestSender } from './LatestSender.ts';

function pressed(t: TestContext): {
  readonly sender: LatestSender<string>;
  readonly sent: string[];
  pass(ms: number): void;
} {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: string[] = [];
  return {
    sender: new LatestSender(500, (value) => sent.push(value)),
    sent,
    pass(ms) {
      now += ms;
      t.mock.timers.tick(ms);
    },
  };
}

test('FG170 a press is sent at once, and so is the next after the interval', (t) => {
  const { sender, sent, pass } = pressed(t);
  sender.push('a');
  assert.deepEqual(sent, ['a']);
  pass(500);
  sender.push('b');
  assert.deepEqual(sent, ['a', 'b']);
});

test('FG170 of presses within the interval the last one is sent when it is over, and nothing twice', (t) => {
  const { sender, sent, pass } = pressed(t);
  sender.push('a');
  pass(100);
  sender.push('b');
  pass(100);
  sender.push('c');
  pass(299);
  assert.deepEqual(sent, ['a']);
  pass(1);
  assert.deepEqual(sent, ['a', 'c']);
  pass(5_000);
  assert.deepEqual(sent, ['a', 'c']);
});

test('FG170 what was dropped is not sent, and the interval still holds', (t) => {
  const { sender, sent, pass } = pressed(t);
  sender.push('a');
  pass(100);
  sender.push('b');
  sender.drop();
  pass(300);
  sender.push('c');
  assert.deepEqual(sent, ['a']);
  pass(100);
  assert.deepEqual(sent, ['a', 'c']);
});

test('FG170 what is not counted is sent at once, in place of what waits, and holds back nothing', (t) => {
  const { sender, sent, pass } = pressed(t);
  sender.push('a');
  pass(100);
  sender.push('b');
  sender.sendUnpaced('none');
  assert.deepEqual(sent, ['a', 'none']);
  pass(400);
  sender.push('c');
  assert.deepEqual(sent, ['a', 'none', 'c']);
});
