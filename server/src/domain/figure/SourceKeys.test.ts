import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ministry } from '../../../test/support/official/figure.ts';
import { Quotas } from '../../lib/Quotas.ts';
import { BATCHES } from '../../protocol/limits.ts';
import { KEY_GUESSES } from './limits.ts';
import { hashOfKey, newSourceKey, SourceKeys } from './SourceKeys.ts';

/** One source with a key, and how often the store was asked. */
function world() {
  const key = newSourceKey();
  const state = { asked: 0, isGood: true };
  const keys: SourceKeys = new SourceKeys(
    {
      holder: async (hash) => {
        state.asked += 1;
        return state.isGood && hash.equals(hashOfKey(key)) ? ministry : undefined;
      },
    },
    new Quotas(),
  );
  const enter = (as: string, address = '192.0.2.1') =>
    keys.enter(as, address).then(
      ({ source }) => source.code,
      ({ reason }) => reason,
    );
  return { key, state, enter };
}

test('FG49 guesses of keys are counted by network before the store is asked, and do not keep out who is known', async () => {
  const { key, state, enter } = world();
  assert.equal(await enter(key), 'moh');
  const guesses = await Promise.all(
    Array.from({ length: 3 * KEY_GUESSES.burst }, (_, i) => enter(newSourceKey(), `2001:db8::${i.toString(16)}`)),
  );
  const counts = (reason: string) => guesses.filter((each) => each === reason).length;
  assert.equal(counts('unauthenticated') + counts('rate-limited'), guesses.length);
  assert.ok(counts('rate-limited') > KEY_GUESSES.burst, `${counts('rate-limited')}`);
  assert.equal(state.asked, 1 + counts('unauthenticated'));
  assert.equal(await enter(key, '2001:db8::1'), 'moh');
  assert.equal(await enter(newSourceKey(), '198.51.100.1'), 'unauthenticated');
});

test('FG41 a key that was withdrawn is good for nothing, and then it is a guess like any other', async () => {
  const { key, state, enter } = world();
  assert.equal(await enter(key), 'moh');
  state.isGood = false;
  for (let i = 0; i < 2 * KEY_GUESSES.burst && (await enter(key)) === 'unauthenticated'; i += 1);
  assert.equal(await enter(key), 'rate-limited');
  state.isGood = true;
  assert.equal(await enter(key, '198.51.100.1'), 'moh', 'nothing of the source was used up');
});

test('FG42 whoever has sent too many batches is refused before the store is asked', async () => {
  const { key, state, enter } = world();
  for (let i = 0; i < 2 * BATCHES.burst && (await enter(key)) === 'moh'; i += 1);
  const { asked } = state;
  assert.equal(await enter(key), 'rate-limited');
  assert.equal(state.asked, asked);
});
