import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { BusKeys } from '../../src/cluster/bus/BusKeys.ts';
import { leaseKey, NODES_KEY, writeLease } from '../../src/cluster/membership/lease.ts';
import { Membership } from '../../src/cluster/membership/Membership.ts';
import type { BeatStore } from '../../src/cluster/membership/ports.ts';
import { SURE_MS } from '../../src/cluster/membership/Sightings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { StartRefusal } from '../../src/lib/StartRefusal.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBeats } from '../../src/store/postgres/nodes/PgBeats.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const secret = 'a secret that these nodes have in common';
const another = 'another one, which they do not have at all';

let stores: TestStores;
let postgres: Postgres;
const opened: (() => unknown)[] = [];
before(async () => {
  stores = await openStores({ own: true });
  postgres = await openAsServer(stores.databaseUrl);
});
after(async () => {
  for (const close of opened.reverse()) await close();
  await postgres?.close();
  await stores?.close();
});

function connect(): Redis {
  const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: 0, enableOfflineQueue: false, lazyConnect: true });
  redis.on('error', () => undefined);
  opened.push(() => redis.disconnect());
  return redis;
}

interface Kind {
  readonly secrets?: readonly string[];
  readonly schema?: string;
}

/** Beats over a line that can be cut. */
function beatsOver(line: { cut: boolean }): BeatStore {
  const beats = new PgBeats(postgres);
  const over = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (line.cut) throw refuse('store-unavailable', 'the line to PostgreSQL is cut');
    return ask();
  };
  return {
    beat: (...beat) => over(() => beats.beat(...beat)),
    all: () => over(() => beats.all()),
    end: (boot) => over(() => beats.end(boot)),
  };
}

/** Long enough for a beat of each node to be seen, and for no lease to end. */
const PATIENCE_MS = 2_500;

type Node = Awaited<ReturnType<typeof node>>;
async function node(name: string, { secrets = [secret], schema = '1' }: Kind = {}) {
  const redis = connect();
  await redis.connect();
  const self = { node: name, boot: randomUUID() };
  const keys = BusKeys.of(secrets);
  const line = { cut: false };
  const membership = await Membership.create({
    ...{ redis, keys, self, schema, clock: systemClock, patienceMs: PATIENCE_MS },
    beats: beatsOver(line),
  });
  opened.push(() => membership.close());
  await membership.join();
  const names = () =>
    membership.others().then(
      (others) => others.map((other) => other.node).sort(),
      (error) => error.reason as string,
    );
  const knows = (...wanted: string[]) =>
    until(`${name} knows ${wanted}`, async () => String(await names()) === String(wanted), 30_000);
  return { self, redis, line, membership, names, knows };
}

let one: Node;
let two: Node;

test('CL4 CL6 nodes know each other, and one that ends is gone at once', async () => {
  [one, two] = [await node('one'), await node('two')];
  const three = await node('three');
  await one.knows('three', 'two');
  await two.knows('one', 'three');
  await three.membership.close();
  await three.membership.close();
  assert.deepEqual(await one.names(), ['two']);
  assert.deepEqual(await two.names(), ['one']);
});

test('CL5 who has another secret or another schema does not join, and says why; a secret is changed node by node', async () => {
  for (const [kind, why] of [
    [{ secrets: [another] }, /CLUSTER_SECRET/],
    [{ schema: '2' }, /node (one|two) .*schema/],
    [{ secrets: [another, secret] }, /node (one|two) .*accept/],
  ] as const)
    await assert.rejects(node('stranger', kind), (error) => error instanceof StartRefusal && why.test(error.message));
  const heir = await node('heir', { secrets: [secret, another] });
  assert.deepEqual(await one.names(), ['heir', 'two']);
  await heir.membership.close();
});

test('CL68 a lease that is forged, or kept from another version, stops no honest node from starting', async () => {
  const [forged, kept] = [randomUUID(), randomUUID()];
  const old = { node: 'old', boot: kept, bus: 1, schema: '0', accepts: [], at: Date.now(), over: false };
  await one.redis.zadd(NODES_KEY, Date.now(), forged, Date.now(), kept);
  await one.redis.mset(leaseKey(forged), 'junk', leaseKey(kept), writeLease(BusKeys.of([secret]), old));
  const three = await node('three');
  await one.redis.del(leaseKey(forged), leaseKey(kept));
  await one.knows('three', 'two');
  await two.knows('one', 'three');
  await three.membership.close();
});

test('CL5 what somebody writes into Redis makes no running node doubt the others', async () => {
  const [junk, forged] = [randomUUID(), randomUUID()];
  await one.redis.zadd(NODES_KEY, Date.now(), junk, Date.now(), forged);
  await one.redis.mset(leaseKey(junk), 'junk', leaseKey(forged), (await one.redis.get(leaseKey(two.self.boot))) ?? '');
  assert.deepEqual(await one.names(), ['two']);
  assert.deepEqual(await two.names(), ['one']);
  await one.redis.del(leaseKey(junk), leaseKey(forged));
});

test('CL6 while Redis is away, and until all had time to come back to it, nobody says who else there is', async () => {
  const { embedded } = stores;
  assert.ok(embedded, 'this test kills a Redis of its own');
  const killed = embedded.pids().redis;
  process.kill(killed, 'SIGKILL');
  await until('it is not known', async () => (await one.names()) === 'store-unavailable');
  await until('Redis runs again', () => embedded.pids().redis !== killed);
  const said = new Set<string>();
  await until(
    'it is known again',
    async () => {
      said.add(String(await one.names()));
      return said.has('two');
    },
    30_000,
  );
  // A Redis that was killed may have back what it had forgotten: a node that ended is told of until its lease is over.
  const [first, ...later] = said;
  assert.equal(first, 'store-unavailable');
  for (const names of later) assert.ok(names.split(',').includes('two'), `never that there is nobody: ${names}`);
});

test('CL6 while Redis answers and takes no writes, nobody says who else there is, since nobody can say that they live', async () => {
  const said: string[] = [];
  await one.redis.config('SET', 'min-replicas-to-write', '1');
  try {
    await until('the leases are over', async () => {
      said.push(String(await one.names()));
      return (await one.redis.exists(leaseKey(one.self.boot), leaseKey(two.self.boot))) === 0;
    });
    // Longer than after which one that was seen counts as dead.
    const overAt = performance.now();
    await until('a lease would be missed', async () => {
      said.push(String(await one.names()));
      return performance.now() - overAt > SURE_MS + 1_000;
    });
  } finally {
    await one.redis.config('SET', 'min-replicas-to-write', '0');
  }
  await until(
    'each knows the other again',
    async () => {
      said.push(String(await one.names()));
      return said.at(-1) === 'two' && String(await two.names()) === 'one';
    },
    30_000,
  );
  assert.deepEqual(new Set(said), new Set(['two', 'store-unavailable']));
});

test('CL66 CL67 a node is not dead when its lease is gone, for whatever reason, and beats go on: it is cut off', async () => {
  const said = new Set<string>();
  // As whoever holds Redis does, again and again: sooner than anybody looks, also where the machine is busy.
  const taken = setInterval(() => void one.redis.del(leaseKey(two.self.boot)).catch(() => undefined), 2);
  try {
    await until('its lease is missed', async () => {
      said.add(String(await one.names()));
      return one.membership.cutOff.has(two.self.boot);
    });
  } finally {
    clearInterval(taken);
  }
  assert.deepEqual([...said], ['two']);
  await until('it is shown again', () => !one.membership.cutOff.has(two.self.boot));
  two.redis.disconnect();
  await until('it is cut off', async () => {
    said.add(String(await one.names()));
    return one.membership.cutOff.has(two.self.boot);
  });
  assert.deepEqual([...said], ['two']);
});

test('CL66 whoever cannot read PostgreSQL itself declares nobody dead; who reads both stores does when both are silent', async () => {
  two.line.cut = one.line.cut = true;
  const cutAt = performance.now();
  // Nodes of the tests before are dead, and may be back in PostgreSQL alone for a minute: it may not know.
  await until('a beat would be missed', async () => {
    assert.ok(['two', 'store-unavailable'].includes(String(await one.names())));
    return performance.now() - cutAt > SURE_MS + 2_000;
  });
  one.line.cut = false;
  await one.knows();
});
