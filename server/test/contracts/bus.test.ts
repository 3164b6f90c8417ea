import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { Bus } from '../../src/cluster/bus/Bus.ts';
import { BusKeys } from '../../src/cluster/bus/BusKeys.ts';
import { write } from '../../src/cluster/bus/envelope.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Metrics } from '../../src/observability/metrics.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

/** Another one in each run: external stores are shared. */
const name = `test-${randomUUID()}`;
const definition = { name, schema: z.object({ id: z.string(), seq: z.number().int() }) };
type Mark = z.output<typeof definition.schema>;

const secret = 'a secret that these nodes have in common';
const another = 'another one, which they do not have at all';

let stores: TestStores;
let one: Node;
let two: Node;
let raw: Redis;
const all: Bus[] = [];
before(async () => {
  stores = await openStores({ own: true });
  [one, two] = [await node('one'), await node('two')];
  raw = new Redis(stores.redisUrl);
  raw.on('error', () => undefined);
});
after(async () => {
  raw?.disconnect();
  for (const bus of all) bus.close();
  await stores?.close();
});

type Node = Awaited<ReturnType<typeof node>>;
async function node(label: string, secrets: readonly string[] = [secret]) {
  const metrics = new Metrics(label);
  const warnings: Record<string, unknown>[] = [];
  const logger = { warn: (facts: Record<string, unknown>) => void warnings.push(facts) };
  const bus = Bus.create({
    redisUrl: stores.redisUrl,
    node: label,
    keys: BusKeys.of(secrets),
    clock: systemClock,
    logger: logger as never,
    registry: metrics.registry,
  });
  all.push(bus);
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

/** As a node of this cluster would sign it; number and time may be wrong. */
const signed = (body: unknown, how: { keys?: BusKeys; place?: string; at?: number } = {}): string => {
  const { keys = BusKeys.of([secret]), place = channel(), at = Date.now() } = how;
  return write(keys, place, { node: 'x', boot: randomUUID(), number: 1, at, body });
};
const channel = (topic = name) => `dh:bus:${raw.options.db ?? 0}:${topic}`;

/** Nobody has heard more than before, and each is counted as what it is. */
async function refuses(to: Node, why: string, texts: readonly string[]): Promise<void> {
  const [heard, before] = [to.heard.length, await to.refused(why)];
  for (const text of texts) await raw.publish(channel(), text);
  await until(`${why} is counted`, async () => (await to.refused(why)) === before + texts.length);
  assert.equal(to.heard.length, heard);
}

test('CL1 what is no message of this topic is counted, logged with what was wrong, and heard by nobody', async () => {
  const body = { id: 'c', seq: 1 };
  const bare = { v: 2, node: 'x', boot: randomUUID(), number: 1, at: Date.now(), body };
  const good = signed(body);
  const forged = [signed(body, { keys: BusKeys.of([another]) }), signed(body, { place: channel('another') })];
  const changed = [good.replace('"seq":1', '"seq":2'), good.replace('"number":1', '"number":2'), `!${good.slice(1)}`];
  await refuses(two, 'signature', ['no JSON', '{}', JSON.stringify(bare), ...forged, ...changed]);
  const of = (text: string) => BusKeys.of([secret]).sign(channel(), text) + text;
  await refuses(two, 'envelope', ['no JSON', '{}', JSON.stringify({ ...bare, v: 1 })].map(of));
  await refuses(two, 'body', [signed({ id: 'c', seq: 'one' }), signed(null)]);
  const problems = two.warnings.filter((w) => w.topic === name);
  assert.deepEqual(
    problems.map(({ why }) => why),
    ['signature', 'envelope', 'body'],
    'each kind once, however often it comes',
  );
  for (const { problem } of problems) assert.match(String(problem), /\w/);
});

test('CL2 what was said before is obeyed by nobody, by a node that starts later no more than by one that heard it', async () => {
  const eavesdropper = raw.duplicate();
  const taken: string[] = [];
  await eavesdropper.subscribe(channel());
  eavesdropper.on('message', (_, text: string) => void taken.push(text));
  await told(one, two, { id: 'once', seq: 1 });
  await until('it is overheard', () => taken.length > 0);
  eavesdropper.disconnect();
  await refuses(two, 'repeated', taken.slice(0, 1));
  const later = await node('later');
  await told(one, later, { id: 'it is there', seq: 1 });
  await refuses(later, 'old', taken.slice(0, 1));
  await refuses(later, 'old', [signed({ id: 'c', seq: 1 }, { at: Date.now() + 60_000 })]);
});

test('CL3 nodes with another secret do not hear each other, and a secret is changed node by node', async () => {
  const stranger = await node('stranger', [another]);
  const old = await node('old and new', [secret, another]);
  const fresh = await node('new and old', [another, secret]);
  await told(old, two, { id: 'signed as before', seq: 1 });
  await told(two, fresh, { id: 'accepted still', seq: 1 });
  await told(fresh, old, { id: 'accepted already', seq: 1 });
  await told(fresh, stranger, { id: 'its own', seq: 1 });
  const heardBy = ({ heard }: Node) => new Set(heard.map(({ id }) => id));
  assert.ok(!heardBy(two).has('accepted already') && !heardBy(two).has('its own'));
  assert.deepEqual([...heardBy(stranger)], ['accepted already', 'its own']);
  assert.ok((await two.refused('signature')) > 0);
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
