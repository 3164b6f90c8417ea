import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import { Namespace, noNamespaces } from '../../support/Namespace.ts';
import { LOOPBACK, PlainSink, PlainSource, wholeSequence } from '../../support/PlainSource.ts';
import { patchedWorker } from '../../support/patchedWorker.ts';
import { until } from '../../support/until.ts';

const mediaCodecs: ms.RouterRtpCodecCapability[] = [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }];
/** More than a worker reads at once, so that it reads twice. */
const MANY = 50;
/** The length of a packet that is sent last, and no other has. */
const MARK = 150;
/** Fewer than that of two cameras. */
const FEW = Array.from({ length: 12 }, () => 1000);

/** A worker that reads nothing until it is told to go on, and then all that lies there. */
async function start(t: TestContext, listenInfo: ms.TransportListenInfo = LOOPBACK, workerBin?: string) {
  const worker = await patchedWorker('11-segments', workerBin);
  t.after(() => {
    process.kill(worker.pid, 'SIGCONT');
    worker.close();
  });
  const router = await worker.createRouter({ mediaCodecs });
  const open = async (ssrc: number): Promise<PlainSource> => {
    const camera = await PlainSource.create(router, [ssrc], { ip: listenInfo.ip });
    t.after(() => camera.close());
    return camera;
  };
  /** @param ip where they receive */
  const watch = async (camera: PlainSource, ip?: string): Promise<PlainSink> => {
    const viewer = await PlainSink.create(router, camera.producer, 0, { listenInfo, ip });
    t.after(() => viewer.close());
    await until('a picture', () => {
      camera.frame();
      return viewer.packets.length > 0;
    });
    return viewer;
  };
  /** @param then what is asked of the worker before it goes on */
  const unread = async (send: () => void, cameras: readonly PlainSource[], then = (): unknown => undefined) => {
    process.kill(worker.pid, 'SIGSTOP');
    send();
    await until('all is sent', () => cameras.every(({ isSent }) => isSent));
    const asked = then();
    process.kill(worker.pid, 'SIGCONT');
    await asked;
  };
  return { open, watch, unread };
}

/** Waits until each viewer has all that was sent so far. */
async function settle(cameras: readonly PlainSource[], viewers: readonly PlainSink[]): Promise<void> {
  for (const camera of cameras) camera.frame([MARK]);
  await until('all that was sent', () => viewers.every(({ packets }) => packets.at(-1)?.length === MARK));
}

/** Sends a frame of these lengths at once, and waits until each viewer has it as it was sent. */
async function oneFrame(
  { unread }: Pick<Awaited<ReturnType<typeof start>>, 'unread'>,
  camera: PlainSource,
  viewers: readonly PlainSink[],
  lengths: readonly number[],
): Promise<void> {
  await settle([camera], viewers);
  const before = viewers.map(({ packets }) => packets.length);
  await unread(() => camera.frame(lengths), [camera]);
  const ofFrame = () => viewers.map(({ packets }, i) => packets.slice(before[i]));
  await until('the whole frame', () => ofFrame().every(({ length }) => length >= lengths.length));
  for (const packets of ofFrame())
    assert.deepEqual(
      packets.map(({ length }) => length),
      lengths,
    );
  viewers.forEach(wholeSequence);
}

test('a burst reaches each viewer packet by packet and in order, of whatever lengths they are', async (t) => {
  const on = await start(t);
  const camera = await on.open(3001);
  const viewers = await Promise.all(Array.from({ length: 6 }, () => on.watch(camera)));
  for (const lengths of [
    Array.from({ length: MANY }, () => 1100),
    [...Array.from({ length: 20 }, () => 1100), 700],
    [1100, 1100, 300, 1100, 1101, 1101, 1100, 104, 104, 105, 1400, 1399, 1398],
    Array.from({ length: MANY }, (_, i) => 200 + 17 * i),
    Array.from({ length: MANY }, (_, i) => 1200 - 17 * i),
  ])
    await oneFrame(on, camera, viewers, lengths);
});

test('what came before somebody closes or pauses is sent before it, and nothing of theirs afterwards', async (t) => {
  const on = await start(t);
  const camera = await on.open(4001);
  const [stays, pauses] = [await on.watch(camera), await on.watch(camera)];
  for (let i = 0; i < 8; i++) {
    const other = await on.open(5000 + 10 * i);
    const [leaves, loses] = [await on.watch(camera), await on.watch(other)];
    const isPaused = i % 2 !== 0;
    const heirs = isPaused ? [stays, leaves, loses] : [stays, pauses, leaves, loses];
    await settle([camera, other], heirs);
    const due = heirs.map(({ packets }) => packets.length + FEW.length);
    const send = () => {
      for (const each of [camera, other]) each.frame(FEW);
    };
    await on.unread(send, [camera, other], () => {
      other.producer.close();
      leaves.consumer.close();
      return isPaused ? pauses.consumer.resume() : pauses.consumer.pause();
    });
    await until('the frame at all who were there', () =>
      heirs.every(({ packets }, j) => packets.length >= (due[j] ?? 0)),
    );
    camera.frame();
    await until('more at who stays', () => stays.packets.length > (due[0] ?? 0));
    assert.deepEqual(
      [leaves, loses].map(({ packets }) => packets.length),
      due.slice(-2),
    );
  }
  [stays, pauses].forEach(wholeSequence);
});

test('nothing is lost or reordered where the socket is full', { skip: noNamespaces() ?? false }, async (t) => {
  const ns = new Namespace();
  t.after(() => ns.close());
  // Whatever does not fit into the socket waits in the worker; what waits behind the socket is not dropped.
  ns.inside('tc', 'qdisc', 'add', 'dev', 'cable', 'root', 'tbf', 'rate', '8mbit', 'burst', '3000', 'limit', '4000000');
  const workerBin = ns.program(process.env.MEDIASOUP_WORKER_BIN ?? 'mediasoup-worker');
  const on = await start(t, { protocol: 'udp', ip: ns.there, sendBufferSize: 10_000 }, workerBin);
  const camera = await on.open(6001);
  const viewers = [await on.watch(camera, ns.here), await on.watch(camera, ns.here)];
  await oneFrame(
    on,
    camera,
    viewers,
    Array.from({ length: MANY }, (_, at) => (at % 20 === 19 ? 500 : 1200)),
  );
  // Frame after frame, so that there is room in the socket again while others still wait in the worker.
  for (let i = 0; i < 100; i++) {
    camera.frame([1200, 1200, 1200]);
    await wait(5);
  }
  await settle([camera], viewers);
  viewers.forEach(wholeSequence);
});

test('a path for shorter datagrams gets them as before', { skip: noNamespaces() ?? false }, async (t) => {
  const ns = new Namespace();
  t.after(() => ns.close());
  ns.inside('ip', 'route', 'add', `${ns.here}/32`, 'dev', 'cable', 'mtu', '1000');
  const workerBin = ns.program(process.env.MEDIASOUP_WORKER_BIN ?? 'mediasoup-worker');
  const on = await start(t, { protocol: 'udp', ip: ns.there }, workerBin);
  const camera = await on.open(7001);
  const viewers = [await on.watch(camera, ns.here), await on.watch(camera, ns.here)];
  await oneFrame(
    on,
    camera,
    viewers,
    Array.from({ length: MANY }, (_, at) => (at < 10 ? 600 : 1200)),
  );
});
