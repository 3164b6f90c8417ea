import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { transmit } from '../../support/camera.ts';
import { freePort, freePorts } from '../../support/freePort.ts';
import { happens } from '../../support/happens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a worker killed with -9 is replaced within 2 s; its peers close, the others see on without a gap', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const [victim, viewer] = await Promise.all([join(t, room, 'victim'), join(t, room, 'viewer')]);
  assert.deepEqual(
    [speaker, victim, viewer].map((p) => p.peer.worker),
    [0, 1, 0],
  );
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  const publication = await speaker.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  });
  const stream = transmit(camera);
  t.after(() => stream.stop());
  const lost = await victim.peer.subscribe(publication);
  await victim.subscribe([lost]);
  await viewer.subscribe([await viewer.peer.subscribe(publication)]);
  const numbers: number[] = [];
  viewer.on('rtp', (_mid, packet) => {
    if (((packet[1] as number) & 0x7f) === 101) numbers.push(packet.readUInt32BE(packet.length - 4));
  });
  await until('the picture', () => numbers.length > 10);

  const died = happens(sfu, 'workerDied');
  const replaced = happens(sfu, 'workerReplaced');
  const closed = Promise.all([happens(victim.peer, 'closed'), happens(lost, 'closed')]);
  const pid = (await sfu.usage()).find((u) => u.worker === 1)?.pid as number;
  const at = performance.now();
  process.kill(pid, 'SIGKILL');
  const asked = sfu.usage();
  const [{ worker, peers }] = await died;
  assert.equal(worker, 1);
  assert.deepEqual(peers, [victim.peer]);
  assert.deepEqual(
    (await asked).map((u) => u.worker),
    [0],
    'who asks what workers use is told of those that live',
  );
  assert.deepEqual((await closed)[0], ['worker-died']);
  await replaced;
  const took = performance.now() - at;
  t.diagnostic(`replaced after ${Math.round(took)} ms`);

  const again = await join(t, room, 'again');
  assert.equal(again.peer.worker, 1);
  const got: Buffer[] = [];
  again.on('rtp', (_mid, packet) => got.push(packet));
  await again.subscribe([await again.peer.subscribe(publication)]);
  await until('the picture on the new worker', () => got.length > 10);
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => (numbers[0] as number) + i),
    'the other viewer missed nothing',
  );
});

test('the publisher’s worker dies: its publications close for viewers elsewhere, who stay', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const speaker = await join(t, room, 'speaker', { publisher: true });
  const viewer = await join(t, room, 'viewer');
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 1001 }]);
  assert.ok(camera);
  const publication = await speaker.peer.publish({
    sid: 'TR_v',
    kind: 'video',
    rtpParameters: camera.rtpParameters,
    paused: false,
  });
  const subscription = await viewer.peer.subscribe(publication);
  const closed = Promise.all([happens(publication, 'closed'), happens(subscription, 'closed')]);
  let viewerClosed = false;
  viewer.peer.on('closed', () => {
    viewerClosed = true;
  });
  process.kill((await sfu.usage())[0]?.pid as number, 'SIGKILL');
  await closed;
  assert.equal(viewerClosed, false);
});

const program = (port: number) => `
  import { Sfu } from ${JSON.stringify(new URL('../../../src/media/sfu/index.ts', import.meta.url).href)};
  import { loadSfuConfig } from ${JSON.stringify(import.meta.resolve('@dieu-hanh/sfu-config'))};
  const sfu = await Sfu.create({ config: loadSfuConfig(), workers: 2, listenIp: '127.0.0.1', port: ${port} });
  console.log(JSON.stringify((await sfu.usage()).map((u) => u.pid)));
  setInterval(() => {}, 1000);
`;

async function startProcess(port: number): Promise<{ child: ChildProcess; pids: number[] }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await happens(child.stdout, 'data');
  return { child, pids: JSON.parse(String(line)) };
}

test('workers die with a server that is killed with -9, and the next start gets their ports', async (t) => {
  const port = await freePorts(2);
  const first = await startProcess(port);
  first.child.kill('SIGKILL');
  const at = performance.now();
  const second = await startProcess(port);
  t.after(() => second.child.kill('SIGKILL'));
  t.diagnostic(`ready again after ${Math.round(performance.now() - at)} ms`);
  await until('no worker of the first is left', () => first.pids.every((pid) => !alive(pid)));
});

test('a port that somebody else holds is named, and nothing is left running', async (t) => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  t.after(() => other.close());
  await happens(other, 'listening');
  const refusal = new RegExp(`TCP port ${port} of 127.0.0.1 is taken by .*\\(process ${process.pid}\\).*MEDIA_PORT`);
  await assert.rejects(startSfu(t, { workers: 1, port }), refusal);
});
