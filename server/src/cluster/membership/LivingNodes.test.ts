import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { LivingNodes } from './LivingNodes.ts';
import { LEASE_MS } from './lease.ts';
import { SURE_MS } from './Sightings.ts';

const other = { node: 'other', boot: 'b', over: false };

/** PostgreSQL answers at each look, and the other node does not beat: what leases say decides. */
class ByLeases {
  readonly #living = new LivingNodes();

  saw(leases: readonly (typeof other)[], now: number): void {
    this.#living.sawLeases(leases, now);
    this.#living.sawBeats([], now);
  }
  missed(): void {
    this.#living.missedLeases();
  }
  at(now: number) {
    return this.#living.at(now);
  }
}

test('CL6 a node is missed only when it had time to come back, and at once when it has said goodbye', () => {
  const living = new ByLeases();
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
  const living = new ByLeases();
  for (let now = 0; now <= SURE_MS; now += 1_000) living.saw([other], now);
  assert.equal(living.at(SURE_MS)?.length, 1);
  living.saw([], 2 * SURE_MS);
  assert.equal(living.at(2 * SURE_MS), undefined);
});

test('CL6 who was stopped knows of nobody that they live, nor that they do not, before it has looked again', () => {
  const living = new ByLeases();
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
  const living = new ByLeases();
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
  const living = new ByLeases();
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

/** Looks at both stores each second, for so long; undefined: the store does not answer. */
function watch(living: LivingNodes, from: number, ms: number, seen: { lease?: boolean; beat?: boolean }): number {
  let now = from;
  for (; now < from + ms; now += 1_000) {
    if (seen.lease === undefined) living.missedLeases();
    else living.sawLeases(seen.lease ? [other] : [], now);
    if (seen.beat === undefined) living.missedBeats();
    else living.sawBeats(seen.beat ? [other] : [], now);
  }
  return now - 1;
}
const LONG_MS = 60_000;

test('CL66 a node is dead when both of its witnesses are silent, to a node that reads both', () => {
  const living = new LivingNodes();
  const boots = (now: number) => living.at(now)?.map(({ boot }) => boot);
  let now = watch(living, 0, LONG_MS, { lease: true, beat: true });
  assert.deepEqual(boots(now), ['b']);
  now = watch(living, now + 1, LONG_MS, { lease: false, beat: true });
  assert.deepEqual(boots(now), ['b'], 'Redis has lost it');
  assert.deepEqual([...living.cutOff(now)], ['b'], 'CL67');
  now = watch(living, now + 1, LONG_MS, { lease: true, beat: false });
  assert.deepEqual(boots(now), ['b'], 'PostgreSQL does not hear it');
  assert.deepEqual([...living.cutOff(now)], []);
  now = watch(living, now + 1, LONG_MS, { lease: false });
  assert.deepEqual(boots(now), ['b'], 'whoever does not read PostgreSQL declares nobody dead');
  now = watch(living, now + 1, LONG_MS, { beat: false });
  assert.equal(boots(now), undefined, 'nor who does not read Redis');
  now = watch(living, now + 1, SURE_MS - 1_000, { lease: false, beat: false });
  assert.equal(boots(now), undefined, 'both stores were away');
  now = watch(living, now + 1, 2_000, { lease: false, beat: false });
  assert.deepEqual(boots(now), []);
});

test('CL66 who reads one store has seen no node of which only the other knows, and does not say who there is', () => {
  const living = new LivingNodes();
  const now = watch(living, 0, LONG_MS, { lease: false });
  assert.equal(living.at(now), undefined);
  const later = watch(living, now + 1, LONG_MS, { lease: false, beat: true });
  assert.equal(living.at(later)?.length, 1);
});

test('CL8 who has read neither store for a while does not know that it is alone', () => {
  const living = new LivingNodes();
  let now = watch(living, 0, LONG_MS, { lease: false, beat: false });
  assert.equal(living.mayHaveAny(now), false);
  now = watch(living, now + 1, LONG_MS, { beat: false });
  assert.equal(living.mayHaveAny(now), false, 'others would beat');
  now = watch(living, now + 1, LONG_MS, {});
  assert.equal(living.mayHaveAny(now), true);
});

test('CL66 what is still read of a node that has said goodbye does not bring it back', () => {
  const living = new LivingNodes();
  const now = watch(living, 0, LONG_MS, { lease: true, beat: true });
  living.sawLeases([{ ...other, over: true }], now);
  living.sawBeats([other], now);
  assert.deepEqual(living.at(now), []);
});

test('CL66 one that was dead may be back where a node does not look: whoever does not read PostgreSQL then does not say who lives', () => {
  const living = new LivingNodes();
  const see = (from: number, to: number, there: boolean) => {
    for (let now = from; now <= to; now += 1_000) {
      living.sawLeases(there ? [other] : [], now);
      living.sawBeats(there ? [other] : [], now);
    }
  };
  see(0, 2 * SURE_MS, true);
  see(2 * SURE_MS + 1_000, 4 * SURE_MS, false);
  assert.deepEqual(living.at(4 * SURE_MS), [], 'both stores say that it is dead');
  living.missedBeats();
  living.sawLeases([], 4 * SURE_MS + 1_000);
  assert.equal(living.at(4 * SURE_MS + 1_000), undefined);
  see(4 * SURE_MS + 2_000, 6 * SURE_MS, false);
  assert.deepEqual(living.at(6 * SURE_MS), []);
});
