import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { LivingNodes, SURE_MS } from './LivingNodes.ts';
import { LEASE_MS } from './lease.ts';

const other = { node: 'other', boot: 'b', over: false };

test('CL6 a node is missed only when it had time to come back, and at once when it has said goodbye', () => {
  const living = new LivingNodes();
  const bootsAt = (now: number) => living.at(now)?.map(({ boot }) => boot);
  let now = 0;
  /** Looks each second. */
  const see = (found: Parameters<typeof living.saw>[0], ms: number) => {
    for (const until = now + ms; now < until; now += 1_000) living.saw(found, now);
  };
  see([other], SURE_MS);
  assert.equal(bootsAt(now - 1), undefined, 'who has just come does not know');
  assert.deepEqual(bootsAt(now), ['b']);
  see([], SURE_MS - 1_000);
  assert.deepEqual(bootsAt(now - 1), ['b']);
  assert.deepEqual(bootsAt(now), []);
  see([other], 1_000);
  living.saw([{ ...other, over: true }], now - 1);
  assert.deepEqual(bootsAt(now), []);
  living.missed();
  living.saw([other], now);
  assert.equal(bootsAt(now), undefined, 'Redis was away, and may have lost all leases');
});

test('CL6 who has not looked for a while does not know what Redis has lost meanwhile', () => {
  const living = new LivingNodes();
  for (let now = 0; now <= SURE_MS; now += 1_000) living.saw([other], now);
  assert.equal(living.at(SURE_MS)?.length, 1);
  living.saw([], 2 * SURE_MS);
  assert.equal(living.at(2 * SURE_MS), undefined);
});

test('CL6 who was stopped knows of nobody that they live, nor that they do not, before it has looked again', () => {
  const living = new LivingNodes();
  for (let now = 0; now <= 2 * SURE_MS; now += 1_000) living.saw([other], now);
  const stoodStill = 2 * SURE_MS + 10_000;
  assert.equal(living.at(stoodStill), undefined);
  living.saw([other], stoodStill);
  assert.equal(living.at(stoodStill), undefined);
});

const STEP_MS = 50;
const LENGTH_MS = 60_000;

/** How long after its last renewal a node is counted as dead by one that looks so often; undefined: never. */
function deadAfter(everyMs: number, firstAt: number): number | undefined {
  const living = new LivingNodes();
  const renewed = 4 * SURE_MS;
  let look = firstAt;
  for (let now = 0; now < LENGTH_MS; now += STEP_MS) {
    if (now >= look) {
      living.saw(now < renewed + LEASE_MS ? [other] : [], now);
      look += everyMs;
    }
    if (now > renewed && living.at(now)?.length === 0) return now - renewed;
  }
  return undefined;
}

test('CL6 CL8 a node that renews its lease no more fences itself before anybody counts it as dead, however often they look', () => {
  for (let everyMs = STEP_MS; everyMs <= LEASE_MS; everyMs += STEP_MS)
    for (let firstAt = 0; firstAt < everyMs; firstAt += 4 * STEP_MS)
      assert.ok((deadAfter(everyMs, firstAt) ?? LENGTH_MS) > SURE_MS, `each ${everyMs} ms, from ${firstAt} on`);
});
/** Longest pause of ioredis between two tries, and between two turns of a node that is busy. */
const RETRY_MS = 1_000;
const TURN_MS = 1_300;

/** Redis that goes away at random, with or without its data, and two nodes that come back to it one after the other. */
function run(seed: number): { asked: number; knew: number } {
  const random = seededRandom(seed);
  const living = new LivingNodes();
  let redis: { up: boolean; until: number } = { up: true, until: random() * 10_000 };
  let leaseUntil = Number.NEGATIVE_INFINITY;
  // Since when each is connected, and when it has its next turn.
  const node = () => ({ connected: 0, turn: random() * TURN_MS });
  const [here, there] = [node(), node()];
  const has = (who: { connected: number }, now: number) => redis.up && now >= who.connected;
  const look = (now: number) => {
    if (!has(here, now)) return living.missed();
    living.saw(leaseUntil > now ? [other] : [], now);
  };
  let [asked, knew] = [0, 0];
  for (let now = 0; now < LENGTH_MS; now += STEP_MS) {
    if (now >= redis.until) {
      redis = { up: !redis.up, until: now + random() * (redis.up ? 4_000 : 15_000) };
      if (redis.up) for (const who of [here, there]) who.connected = now + random() * RETRY_MS;
      if (!redis.up && random() < 0.7) leaseUntil = Number.NEGATIVE_INFINITY;
    }
    if (now >= there.turn) {
      there.turn = now + 1_000 + random() * (TURN_MS - 1_000 - STEP_MS);
      if (has(there, now)) leaseUntil = now + LEASE_MS;
    }
    if (now >= here.turn) {
      here.turn = now + 1_000 + random() * (TURN_MS - 1_000 - STEP_MS);
      look(now);
    }
    // The other is there from its first renewal on.
    if (now < 2 * TURN_MS || random() < 0.5) continue;
    look(now);
    asked += 1;
    const known = living.at(now);
    if (!known) continue;
    knew += 1;
    assert.equal(known.length, 1, `seed ${seed}: after ${now} ms a living node is missing`);
  }
  return { asked, knew };
}

test('CL6 whatever Redis loses and whenever, a living node is never taken for none', () => {
  let [asked, knew] = [0, 0];
  for (let seed = 1; seed <= 1_000; seed++) {
    const of = run(seed);
    asked += of.asked;
    knew += of.knew;
  }
  assert.ok(knew > asked / 4, `it was known ${knew} of ${asked} times`);
});
