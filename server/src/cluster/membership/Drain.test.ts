import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drain } from './Drain.ts';

function drainOf(showOut: (signal: AbortSignal) => Promise<void>) {
  const did: string[] = [];
  const drain: Drain = new Drain({
    tell: async (draining) => void did.push(`${draining ? 'draining' : 'serving'} ${drain.isOn}`),
    shut: (shut) => void did.push(shut ? 'shut' : 'open'),
    showOut: (signal) => {
      did.push('show out');
      return showOut(signal);
    },
    failed: (error) => void did.push(String(error)),
    noticeMs: 1,
  });
  return { drain, did };
}

test('PL3 a node says that it drains before it shuts, shows out those who are here, and does so once', async () => {
  const { drain, did } = drainOf(async () => undefined);
  assert.equal(drain.start(), drain.start());
  await drain.start();
  assert.deepEqual(did, ['draining true', 'shut', 'show out']);
  await drain.stop();
  await drain.stop();
  assert.equal(drain.isOn, false);
  assert.deepEqual(did.slice(3), ['open', 'serving false']);
});

test('PL3 called off, it lets in again, and drains anew when it is asked again', async () => {
  const { drain, did } = drainOf(
    (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  );
  const first = drain.start();
  await drain.stop();
  await first;
  assert.deepEqual(did, ['open', 'serving false'], 'so early that it was told nobody');
  const second = drain.start();
  assert.notEqual(first, second);
  await drain.stop();
  await second;
});
