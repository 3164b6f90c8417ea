import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { BusKeys } from '../../src/cluster/bus/BusKeys.ts';
import { SURE_MS } from '../../src/cluster/membership/LivingNodes.ts';
import { leaseKey, NODES_KEY } from '../../src/cluster/membership/lease.ts';
import { Membership } from '../../src/cluster/membership/Membership.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { StartRefusal } from '../../src/lib/StartRefusal.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const secret = 'a secret that these nodes have in common';
const another = 'another one, which they do not have at all';

let stores: TestStores;
const opened: (() => unknown)[] = [];
before(async () => {
  stores = await openStores({ own: true });
});
after(async () => {
  for (const close of opened.reverse()) await close();
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

type Node = Awaited<ReturnType<typeof node>>;
async function node(name: string, { secrets = [secret], schema = '1' }: Kind = {}) {
  const redis = connect();
  await redis.connect();
  const self = { node: name, boot: randomUUID() };
  const keys = BusKeys.of(secrets);
  // No lease is left over in these tests, so nobody waits for one to end.
  const membership = await Membership.create({ redis, keys, self, schema, clock: systemClock, patienceMs: 0 });
  opened.push(() => membership.close());
  await membership.join();
  const names = () =>
    membership.others().then(
      (others) => others.map((other) => other.node).sort(),
      (error) => error.reason as string,
    );
  const knows = (...wanted: string[]) =>
    until(`${name} knows ${wanted}`, async () => String(await names()) === String(wanted), 30_000);
  return { self, redis, membership, names, knows };
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

test('CL6 one that dies without a word is there until its lease is over', async () => {
  two.redis.disconnect();
  assert.deepEqual(await one.names(), ['two'], 'nothing has said that it is dead');
  await one.knows();
});
