import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { Bus } from '../../src/cluster/bus/Bus.ts';
import { BusKeys } from '../../src/cluster/bus/BusKeys.ts';
import type { Sender } from '../../src/cluster/bus/envelope.ts';
import { nodeAnswer } from '../../src/cluster/requests/nodeRequest.ts';
import { Requests } from '../../src/cluster/requests/Requests.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Metrics } from '../../src/observability/metrics.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

const square = { name: 'square', ask: z.number(), answer: z.number() };
const whoAsks = { name: 'whoAsks', ask: z.number(), answer: z.string() };
const unknown = { name: 'unknown', ask: z.number(), answer: z.number() };

let stores: TestStores;
const buses: Bus[] = [];
before(async () => {
  stores = await openStores();
});
after(async () => {
  for (const bus of buses) bus.close();
  await stores?.close();
});

/** The asker takes these for the living ones, and those for cut off. */
let living: readonly Sender[] = [];
let cutOff: ReadonlySet<string> = new Set();

/** @param plus what it adds to each square, so that one can tell who has answered */
function node(name: string, plus: number) {
  const bus = Bus.create({
    redisUrl: stores.redisUrl,
    node: name,
    keys: BusKeys.of(['a secret that these nodes have in common']),
    clock: systemClock,
    logger: { warn: () => undefined } as never,
    registry: new Metrics(name).registry,
  });
  buses.push(bus);
  const requests = new Requests({
    bus,
    nodes: {
      others: async () => living,
      get cutOff() {
        return cutOff;
      },
    },
    logger: { warn: () => undefined } as never,
  });
  const answers = [
    nodeAnswer(square, (n) => {
      if (n === 13) throw new Error('it broke here');
      return n * n + plus;
    }),
    nodeAnswer(whoAsks, (_, from) => from.boot),
  ];
  return { bus, requests, join: () => requests.join(answers) };
}

test('CL7 each living node answers once, and who is alone asks nobody', async () => {
  const [one, two, three] = [node('one', 0), node('two', 1), node('three', 2)];
  for (const { join } of [one, two, three]) join();
  assert.deepEqual(await one.requests.all(square, 3), [], 'alone');
  living = [two.bus.self, three.bus.self];
  // Subscriptions are there a moment after they were asked for.
  const answers = await until('both are heard', () => one.requests.all(square, 3).catch(() => undefined), 30_000);
  assert.deepEqual([...answers].sort(), [10, 11]);
  const many = await Promise.all(Array.from({ length: 50 }, (_, n) => one.requests.all(square, n + 20)));
  many.forEach((given, n) => {
    assert.deepEqual([...given].sort(), [(n + 20) ** 2 + 1, (n + 20) ** 2 + 2], 'each question has its own answers');
  });
});

test('CL20 one node is asked by its boot: it alone answers and knows who asks, or it is named as silent', async () => {
  const [one, two, three] = [node('one', 0), node('two', 1), node('three', 2)];
  for (const { join } of [one, two, three]) join();
  const squareOf = (other: Sender, n: number) => one.requests.one(other, square, n);
  // Asked again and again: what is said before somebody listens is lost, and its answer would be waited for.
  const heard = new Set<string>();
  await until('both are heard', () => {
    for (const { self } of [two.bus, three.bus])
      squareOf(self, 3).then(
        () => heard.add(self.boot),
        () => undefined,
      );
    return heard.size === 2;
  });
  assert.equal(await squareOf(two.bus.self, 3), 10);
  assert.equal(await squareOf(three.bus.self, 3), 11);
  assert.equal(await one.requests.one(two.bus.self, whoAsks, 0), one.bus.self.boot);
  const away = { reason: 'store-unavailable', retryAfterSeconds: 3 };
  await assert.rejects(squareOf(two.bus.self, 13), { ...away, message: /from two/ });
  await assert.rejects(squareOf({ node: 'gone', boot: randomUUID() }, 3), { ...away, message: /from gone/ });
});

test('CL7 a node that is silent, cannot answer or does not know the question is no answer, and is named', async () => {
  const [one, two, mute] = [node('one', 0), node('two', 1), node('mute', 2)];
  for (const { join } of [one, two]) join();
  living = [two.bus.self];
  await until('it is heard', () => one.requests.all(square, 3).catch(() => undefined), 30_000);
  const away = { reason: 'store-unavailable', retryAfterSeconds: 3 };
  await assert.rejects(one.requests.all(square, 13), { ...away, message: /from two/ });
  await assert.rejects(one.requests.all(unknown, 3), { ...away, message: /from two/ });
  living = [two.bus.self, mute.bus.self];
  await assert.rejects(one.requests.all(square, 3), { ...away, message: /from mute/ });
  assert.deepEqual(await one.requests.all(square, 3, (n) => n === 10), [10], 'an answer that decides ends the waiting');
});

test('CL67 where a node that is cut off has not answered, that is the reason; another answer that decides is one', async () => {
  const [one, two, cut] = [node('one', 0), node('two', 1), node('cut', 2)];
  for (const { join } of [one, two]) join();
  living = [two.bus.self];
  await until('it is heard', () => one.requests.all(square, 3).catch(() => undefined), 30_000);
  living = [two.bus.self, cut.bus.self];
  cutOff = new Set([cut.bus.self.boot]);
  const why = { reason: 'node-cut-off', retryAfterSeconds: 3, message: /^cut lives/ };
  await assert.rejects(one.requests.all(square, 3), why);
  assert.deepEqual(await one.requests.all(square, 3, (n) => n === 10), [10]);
  const mute = node('mute', 3);
  living = [mute.bus.self, cut.bus.self];
  await assert.rejects(one.requests.all(square, 3), { reason: 'store-unavailable', message: /mute, cut/ });
  cutOff = new Set();
});

test('CL70 what one node asks another, and its answer, is read by these two alone', async () => {
  const [one, two, three] = [node('one', 0), node('two', 1), node('three', 2)];
  for (const { join } of [one, two, three]) join();
  living = [two.bus.self, three.bus.self];
  await until('both are heard', () => one.requests.all(square, 3).catch(() => undefined), 30_000);
  const redis = new Redis(stores.redisUrl);
  const counting = redis.duplicate();
  try {
    const read = new Map<string, number>();
    redis.on('pmessage', (_, channel: string) => read.set(channel, (read.get(channel) ?? 0) + 1));
    await redis.psubscribe('dh:bus:*');
    assert.equal(await one.requests.one(two.bus.self, square, 3), 10);
    await until('question and answer were said', () => read.size === 2);
    const places = [`ask@${two.bus.self.boot}`, `answer@${one.bus.self.boot}`];
    const readers = await Promise.all(
      [...read.keys()].map(async (channel) => [channel, (await counting.pubsub('NUMSUB', channel))[1]] as const),
    );
    for (const [channel, subscribers] of readers) {
      assert.ok(
        places.some((place) => channel.endsWith(place)),
        channel,
      );
      assert.equal(subscribers, 1);
    }
  } finally {
    counting.disconnect();
    redis.disconnect();
  }
});
