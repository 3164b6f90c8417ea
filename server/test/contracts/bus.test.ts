import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { Bus } from '../../src/cluster/bus/Bus.ts';
import { Metrics } from '../../src/observability/metrics.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

/** Another one in each run: external stores are shared. */
const name = `test-${randomUUID()}`;
const definition = { name, schema: z.object({ id: z.string(), seq: z.number().int() }) };
type Mark = z.output<typeof definition.schema>;

let stores: TestStores;
let one: Node;
let two: Node;
let raw: Redis;
before(async () => {
  stores = await openStores({ own: true });
  [one, two] = [await node('one'), await node('two')];
  raw = new Redis(stores.redisUrl);
  raw.on('error', () => undefined);
});
after(async () => {
  raw?.disconnect();
  one?.bus.close();
  two?.bus.close();
  await stores?.close();
});

type Node = Awaited<ReturnType<typeof node>>;
async function node(label: string) {
  const metrics = new Metrics(label);
  const warnings: Record<string, unknown>[] = [];
  const logger = { warn: (facts: Record<string, unknown>) => void warnings.push(facts) };
  const bus = Bus.create({
    redisUrl: stores.redisUrl,
    node: label,
    logger: logger as never,
    registry: metrics.registry,
  });
  const topic = bus.topic<Mark>(definition);
  const heard: Mark[] = [];
  topic.subscribe((mark) => {
    heard.push(mark);
    if (mark.id === 'break') throw new Error('it broke here');
  });
  const refused = async (why: string) => {
    const line = (await metrics.render())
      .split('\n')
      .find((l) => l.includes(`topic="${name}"`) && l.includes(`why="${why}"`));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  return { bus, topic, heard, warnings, refused };
}

/** A subscription is there a moment after it was asked for, and while Redis is away there is none. */
async function told(from: Node, to: Node, mark: Mark): Promise<void> {
  const has = () => to.heard.some(({ id, seq }) => id === mark.id && seq === mark.seq);
  await until(`${mark.id} is heard`, () => {
    if (!has()) from.topic.publish(mark);
    return has();
  });
}

test('what one node publishes the others hear, and never the one who said it', async () => {
  await told(one, two, { id: 'a', seq: 1 });
  await told(two, one, { id: 'b', seq: 1 });
  assert.ok(one.heard.every(({ id }) => id !== 'a'));
  assert.ok(two.heard.every(({ id }) => id !== 'b'));
});

test('what is no message of this topic is counted, logged with what was wrong, and heard by nobody', async () => {
  const heard = two.heard.length;
  const envelope = { v: 1, node: 'x', boot: randomUUID() };
  const wrong = {
    envelope: ['no JSON', '{}', JSON.stringify({ ...envelope, v: 2, body: { id: 'c', seq: 1 } })],
    body: [{ id: 'c', seq: 'one' }, null].map((body) => JSON.stringify({ ...envelope, body })),
  };
  for (const text of [...wrong.envelope, ...wrong.body])
    await raw.publish(`dh:bus:${raw.options.db ?? 0}:${name}`, text);
  for (const [why, texts] of Object.entries(wrong))
    await until(`${why} is counted`, async () => (await two.refused(why)) === texts.length);
  assert.equal(two.heard.length, heard);
  const problems = two.warnings.filter((w) => w.topic === name);
  assert.deepEqual(
    problems.map(({ why }) => why),
    ['envelope', 'body'],
    'each kind once, however often it comes',
  );
  for (const { problem } of problems) assert.match(String(problem), /\w/);
});

test('one that breaks in its listener is logged with its cause; the next is heard', async () => {
  await told(one, two, { id: 'break', seq: 1 });
  await until('it is logged', () =>
    two.warnings.some(({ err }) => err instanceof Error && /broke here/.test(err.message)),
  );
  await told(one, two, { id: 'next', seq: 1 });
});

test('a Redis that was away and is back carries messages again, and none that was published meanwhile', async () => {
  const { embedded } = stores;
  assert.ok(embedded, 'this test kills a Redis of its own');
  const killed = embedded.pids().redis;
  process.kill(killed, 'SIGKILL');
  await until('Redis is gone', () => raw.status !== 'ready');
  one.topic.publish({ id: 'lost', seq: 1 });
  await until('Redis runs again', () => embedded.pids().redis !== killed);
  await told(one, two, { id: 'found', seq: 1 });
  assert.ok(two.heard.every(({ id }) => id !== 'lost'));
});

test('a bus that is closed says and hears nothing', async () => {
  const three = await node('three');
  await told(one, three, { id: 'd', seq: 1 });
  three.bus.close();
  three.bus.close();
  three.topic.publish({ id: 'e', seq: 1 });
  await told(one, two, { id: 'f', seq: 1 });
  assert.ok(two.heard.every(({ id }) => id !== 'e'));
  assert.ok(three.heard.every(({ id }) => id !== 'f'));
});
