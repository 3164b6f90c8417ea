import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readBriefingToken, signBriefingToken } from '../../livekit/briefingTokens.ts';
import { placeSeal } from './placeSeal.ts';

const keysOf = (...all: { readonly id: string; readonly secret: Buffer }[]) => ({
  newest: all[0] ?? { id: '', secret: Buffer.alloc(0) },
  find: async (id: string) => all.find((key) => key.id === id),
});
const [one, two] = ['one', 'two'].map((id) => ({ id, secret: randomBytes(32) }));
const briefing = '00000000-0000-4000-8000-000000000000';
const place = { briefing, identity: 'seat-1', at: 1_629_419_400_000, group: 'vn.75' };

test('PL17 a place is read at every node that knows the key, also when there is a newer one', async () => {
  assert.ok(one && two);
  const kept = await placeSeal(keysOf(one)).close(place);
  assert.deepEqual(await placeSeal(keysOf(two, one)).open(kept), place);
  const used = { ...place, entered: true as const, back: true as const };
  assert.deepEqual(await placeSeal(keysOf(one)).open(await placeSeal(keysOf(one)).close(used)), used);
});

test('PL17 what another has signed, or nobody, is no place', async () => {
  assert.ok(one && two);
  const kept = await placeSeal(keysOf(one)).close(place);
  const strange = placeSeal(keysOf(two));
  assert.equal(await strange.open(kept), undefined);
  const forged = await placeSeal(keysOf({ id: 'two', secret: randomBytes(32) })).close(place);
  assert.equal(await strange.open(forged), undefined);
  assert.equal(await strange.open('nothing'), undefined);
});

test('PL17 a place lets nobody into a media room, and a token of one is no place', async () => {
  assert.ok(one);
  const keys = keysOf(one);
  const facts = { room: briefing, session: 'AAAAAAAAAAAAAAAAAAAAAA', account: briefing, identity: 'seat-1' };
  assert.equal(await placeSeal(keys).open(await signBriefingToken(keys, facts, 60)), undefined);
  assert.equal(await readBriefingToken(keys, await placeSeal(keys).close(place)), undefined);
});
