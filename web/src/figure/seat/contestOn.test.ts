import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contestOn } from './contestOn.ts';

const word = (revision: number, is: Partial<Parameters<typeof contestOn>[0]> = {}) => ({
  ...{ source: 'a', revision, value: 7, counts: false, rejected: false, contested: false, ownContest: false },
  ...is,
});
const acts = (...said: ReturnType<typeof word>[]) => said.map((one) => contestOn(one, said));

test('FG16 a unit contests what counts, and withdraws what it contests itself', () => {
  assert.deepEqual(acts(word(1, { counts: true }), word(1, { source: 'b' })), ['contest', undefined]);
  assert.deepEqual(acts(word(1, { counts: true, value: null })), [undefined]);
  assert.deepEqual(acts(word(1, { counts: true, contested: true })), [undefined]);
  assert.deepEqual(acts(word(1, { counts: true, contested: true, ownContest: true })), ['withdraw']);
});

test('FG14 FG16 what counts again after a later one was rejected is contested like any other, and not while a later one is held', () => {
  const own = { counts: true, contested: true, ownContest: true };
  assert.deepEqual(acts(word(1, own), word(2, { rejected: true })), ['withdraw', undefined]);
  assert.deepEqual(acts(word(1, own), word(2)), [undefined, undefined]);
  assert.deepEqual(acts(word(1, own), word(2, { source: 'b' })), ['withdraw', undefined]);
});
