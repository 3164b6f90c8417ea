import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mailbox } from './Mailbox.ts';

test('steps run one after the other, and one that fails stops no other', async () => {
  const log: string[] = [];
  const mailbox = new Mailbox((what, error) => log.push(`${what}: ${(error as Error).message}`));
  const first = mailbox.post('first', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    log.push('first');
  });
  void mailbox.post('second', () => {
    throw new Error('no');
  });
  const third = mailbox.post('third', () => log.push('third'));
  await Promise.all([first, third]);
  assert.deepEqual(log, ['first', 'second: no', 'third']);
});

test('after close, what waits is forgotten', async () => {
  const log: string[] = [];
  const mailbox = new Mailbox(() => log.push('failed'));
  const running = mailbox.post('running', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('late');
  });
  const waiting = mailbox.post('waiting', () => log.push('waiting'));
  mailbox.close();
  await Promise.all([running, waiting]);
  assert.deepEqual(log, []);
});
