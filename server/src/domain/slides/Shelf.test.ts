import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deck } from '../../protocol/slides.ts';
import { Shelf } from './Shelf.ts';

const deck = (shown: boolean) => ({ id: 'd', shown, pages: [] }) as unknown as Deck;

test('SL6 thousands who ask for one page ask the store once, and memory has an end', async () => {
  const asked: string[] = [];
  const store = {
    deck: async () => deck(true),
    image: async (sha256: string) => {
      asked.push(sha256);
      return { type: 'image/png', bytes: Buffer.alloc(40) };
    },
  };
  const shelf = new Shelf(store, 100);
  await Promise.all(Array.from({ length: 1000 }, () => shelf.image('a')));
  assert.deepEqual(asked, ['a']);
  await shelf.image('b');
  await shelf.image('a');
  await shelf.image('c');
  await shelf.image('a');
  assert.deepEqual(asked, ['a', 'b', 'c'], 'what was asked for last stays');
  await shelf.image('b');
  assert.deepEqual(asked, ['a', 'b', 'c', 'b'], 'the oldest made room');
});

test('SL6 a deck is kept from its first show on; what is not there, or failed, is asked for again', async () => {
  const answers: (Deck | undefined | Error)[] = [undefined, deck(false), new Error('away'), deck(true), deck(true)];
  let asked = 0;
  const shelf = new Shelf({
    deck: async () => {
      const answer = answers[asked++];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    image: async () => undefined,
  });
  assert.equal(await shelf.deck('d'), undefined);
  assert.equal((await shelf.deck('d'))?.shown, false);
  await assert.rejects(shelf.deck('d'), /away/);
  assert.equal((await shelf.deck('d'))?.shown, true);
  await shelf.deck('d');
  assert.equal(asked, 4);
});
