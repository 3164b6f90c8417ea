import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse } from '../../protocol/errors.ts';
import type { StoredTokenKey } from './ports.ts';
import { TokenKeys } from './TokenKeys.ts';

/** This node's own key, and what another one has made since. */
async function keysOf(...answers: readonly (() => Promise<readonly StoredTokenKey[]>)[]) {
  const own: StoredTokenKey = { id: 'own', secret: Buffer.from('1') };
  const left = [...answers];
  const asked = { times: 0 };
  const keys = await TokenKeys.create({
    rotate: async () => [own],
    all: async () => {
      asked.times += 1;
      return (await left.shift()?.()) ?? [own];
    },
  });
  return { keys, asked };
}
const made: StoredTokenKey = { id: 'made elsewhere', secret: Buffer.from('2') };

test('EN7 thousands who come at once with a token by a key that is not known yet are all let in, and ask once', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly StoredTokenKey[]>();
  const { keys, asked } = await keysOf(() => promise);
  const all = Promise.all(Array.from({ length: 1_000 }, () => keys.find(made.id)));
  resolve([made]);
  assert.deepEqual(new Set(await all), new Set([made]));
  assert.equal(asked.times, 1);
  await keys.find('of a stranger');
  assert.equal(asked.times, 1, 'strangers ask for nothing more within the second');
});

test('EN7 while PostgreSQL is away a key that is not known is no foreign one', async () => {
  const away = async () => Promise.reject(refuse('store-unavailable', 'away'));
  const { keys } = await keysOf(away, away, async () => [made]);
  await assert.rejects(keys.find(made.id), { reason: 'store-unavailable' });
  await assert.rejects(keys.find(made.id), { reason: 'store-unavailable' });
  assert.equal(await keys.find(made.id), made);
});
