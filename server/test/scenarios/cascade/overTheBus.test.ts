import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { Redis } from 'ioredis';
import { Bus } from '../../../src/cluster/bus/Bus.ts';
import { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';
import { KeyBox } from '../../../src/cluster/bus/KeyBox.ts';
import { Requests } from '../../../src/cluster/requests/Requests.ts';
import type { Base } from '../../../src/compose/Base.ts';
import { composeCascade } from '../../../src/compose/cascade.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { PipeEnd } from '../../../src/media/cascade/PipeLink.ts';
import { Metrics } from '../../../src/observability/metrics.ts';
import { transmit } from '../../support/camera.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { openStores, type TestStores } from '../../support/stores.ts';
import { until } from '../../support/until.ts';

const secrets = ['a secret that these nodes have in common'];

let stores: TestStores;
before(async () => {
  stores = await openStores();
});
after(async () => {
  await stores?.close();
  cleanup();
});

/** A node as far as media between nodes needs one. */
async function node(t: TestContext, name: string) {
  const sfu = await startSfu(t, { workers: 1 });
  const metrics = new Metrics(name);
  const logger = { warn: () => undefined };
  const bus = Bus.create({
    redisUrl: stores.redisUrl,
    node: name,
    keys: BusKeys.of(secrets),
    clock: systemClock,
    logger,
    registry: metrics.registry,
  });
  t.after(() => bus.close());
  const requests = new Requests({ bus, nodes: { others: async () => [] }, logger });
  const base = { logger, metrics, config: { REGION: 'south' } } as unknown as Base;
  const forClients = { camera: [{ height: 720, frameRate: 30, bitrate: 2_500_000 }] };
  requests.join(
    composeCascade(base, { sfu, bus, requests, forClients, membership: undefined, keyBox: KeyBox.of(secrets) })
      .nodeAnswers ?? [],
  );
  return { sfu, metrics, self: bus.self };
}

test('CL22 nodes pull tracks of each other by the bus, and who reads all of it reads no key', async (t) => {
  const [a, b] = await Promise.all([node(t, 'a'), node(t, 'b')]);
  const listener = new Redis(stores.redisUrl);
  t.after(() => listener.disconnect());
  const said: string[] = [];
  listener.on('pmessage', (_pattern, _channel, text: string) => said.push(text));
  await listener.psubscribe('dh:bus:*');

  const publisher = await join(t, a.sfu.createRoom('r'), 'publisher', { publisher: true });
  const [camera] = await publisher.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  const { rtpParameters } = camera;
  await publisher.peer.publish({ sid: 'TR_1', kind: 'video', rtpParameters, paused: false });
  const stream = transmit(camera);
  t.after(() => stream.stop());

  const ends: PipeEnd[] = [];
  const pull = a.sfu.pipes.pull.bind(a.sfu.pipes);
  a.sfu.pipes.pull = async (by, ask) => {
    const pulled = await pull(by, ask);
    ends.push(ask.end, ...(pulled ? [pulled.end] : []));
    return pulled;
  };
  const room = b.sfu.createRoom('r');
  const viewer = await join(t, room, 'viewer');
  let packets = 0;
  viewer.on('rtp', () => packets++);
  const remote = room.remoteTrack({ sid: 'TR_1', kind: 'video', layers: 1, paused: false, origin: a.self });
  // Nobody hears a question that is asked before the bus is there.
  const forwarded = await until('the pull', () => viewer.peer.subscribe(remote).catch(() => undefined), 30_000);
  await viewer.subscribe([forwarded]);
  await until('the picture', () => packets > 20);

  assert.equal(ends.length, 2);
  assert.ok(said.length >= 2);
  for (const { key } of ends)
    for (const form of [key, Buffer.from(key, 'base64').toString('base64url')])
      assert.ok(!said.some((text) => text.includes(form)));
  const text = await b.metrics.registry.metrics();
  assert.match(text, /dh_pipes\{[^}]*direction="in"[^}]*\} 1/);
  assert.match(text, /dh_pipe_pulls_total\{[^}]*result="pulled"[^}]*\} 1/);
  assert.match(await a.metrics.registry.metrics(), /dh_pipes\{[^}]*direction="out"[^}]*\} 1/);
});
