import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedHasher } from './BoundedHasher.ts';

/** Ends its hashes when told to, in order. */
function steppedHasher() {
  const open: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const begun: string[] = [];
  return {
    begun,
    most: () => most,
    end: async () => {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    hash: async () => '',
    verify: async (_: string, password: string) => {
      begun.push(password);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => open.push(resolve));
      running -= 1;
      if (password === 'broken') throw new Error('no memory');
      return true;
    },
  };
}

test('PW4 only so many passwords are hashed at once, only so many wait, and known devices go first', async () => {
  const slow = steppedHasher();
  const hasher = new BoundedHasher(slow, { atOnce: 2, waiting: 3 });
  const answers = ['a', 'broken', 'c', 'd', 'e'].map((password) => hasher.verify('', password));
  const tooMuch = hasher.verify('', 'too much');
  answers.push(hasher.verify('', 'known', true));
  const ended = Promise.allSettled(answers);
  await assert.rejects(tooMuch, { reason: 'busy', retryAfterSeconds: 10 });
  for (let i = 0; i < answers.length; i++) await slow.end();
  const settled = await ended;
  assert.deepEqual(
    settled.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'],
  );
  assert.deepEqual(slow.begun, ['a', 'broken', 'known', 'c', 'd', 'e']);
  assert.equal(slow.most(), 2);
  const later = hasher.verify('', 'later');
  await slow.end();
  assert.equal(await later, true, 'a failure gives its place back');
});

test('PW4 a province whose people all type their password in the same second is not turned away', async () => {
  const hasher = new BoundedHasher({ hash: async () => '', verify: async () => true });
  const answers = await Promise.all(Array.from({ length: 700 }, () => hasher.verify('', 'x')));
  assert.equal(answers.length, 700);
});
