import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { join as joinPath } from 'node:path';
import { after, test } from 'node:test';
import { strangers } from '../../../../scripts/measure/strangers.ts';
import { transmit } from '../../support/camera.ts';
import { happens } from '../../support/happens.ts';
import { Namespace, noNamespaceRules } from '../../support/Namespace.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const rules = joinPath(import.meta.dirname, '../../../../deploy/media-ports.nft');
const skip = noNamespaceRules();

test('with the rules of deploy, packets of strangers wake no worker, and who was let in is seen and heard', {
  skip: skip ?? false,
}, async (t) => {
  const ns = new Namespace();
  t.after(() => ns.close());
  ns.inside('nft', '-f', rules);
  ns.inside('nft', '-f', rules); // once more, as a reload does
  const workerBin = ns.program(process.env.MEDIASOUP_WORKER_BIN ?? 'mediasoup-worker');
  const sfu = await startSfu(t, { workers: 1, listenIp: ns.there, port: 40_000, workerBin });
  const room = sfu.createRoom('r');
  const [speaker, viewer] = [await join(t, room, 's', { publisher: true }), await join(t, room, 'v')];
  const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 77 }]);
  assert.ok(camera);
  const { rtpParameters } = camera;
  const publication = await speaker.peer.publish({ sid: 'TR_v', kind: 'video', rtpParameters, paused: false });
  const stream = transmit(camera, { size: 1100 });
  t.after(() => stream.stop());
  let got = 0;
  viewer.on('rtp', () => got++);
  await viewer.subscribe([await viewer.peer.subscribe(publication)]);
  await until('the picture', () => got > 50);
  assert.equal(counted(ns, 'strangers'), 0);

  const socket = createSocket('udp4');
  t.after(() => socket.close());
  const to = { address: ns.there, port: 40_000 };
  for (const kind of ['random bytes', 'DTLS hello', 'RTP of nobody'] as const)
    for (let i = 0; i < 20; i++) await sendTo(socket, to, strangers[kind]());
  await until('they are counted', () => counted(ns, 'strangers') === 60);
  const seen = got;
  await until('more of the picture', () => got > seen + 50);
});

test('a worker answers no stranger who names no participant’s ufrag, whatever they send', async (t) => {
  const sfu = await startSfu(t, { workers: 1 });
  const { peer } = await join(t, sfu.createRoom('r'), 'p');
  const { iceUfrag, candidates } = peer.subscriber?.describe() ?? assert.fail('no transport');
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  t.after(() => socket.close());
  await happens(socket, 'listening');
  const answers: Buffer[] = [];
  socket.on('message', (answer) => answers.push(answer));
  // A worker takes packets in their order, and refuses the last in words: so all before it had no answer.
  for (const make of Object.values(strangers).filter((make) => make.length === 0))
    for (let i = 0; i < 5; i++) await sendTo(socket, candidates[0], make(''));
  await sendTo(socket, candidates[0], strangers['STUN, right ufrag, wrong password'](iceUfrag));
  await until('an answer', () => answers.length > 0);
  assert.deepEqual(
    answers.map((answer) => answer.readUInt16BE(0)),
    [0x0111],
    'a binding error',
  );
});

const counted = (ns: Namespace, name: string): number =>
  Number(/packets (\d+)/.exec(ns.inside('nft', 'list', 'counter', 'inet', 'dieu_hanh_media', name))?.[1]);

function sendTo(socket: Socket, to: { address: string; port: number } | undefined, packet: Buffer): Promise<void> {
  return new Promise((sent) => socket.send(packet, to?.port ?? 0, to?.address, () => sent()));
}
