import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer as createHttps, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { after, test } from 'node:test';
import { howToTrust, localCertificate, machineNames } from '../../../src/edge/sharedPort/index.ts';
import { transmit } from '../../support/camera.ts';
import { FramedUdp } from '../../support/FramedUdp.ts';
import { happens } from '../../support/happens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { closed, dial, icePassword, listenAsWorker, openSharedPort } from '../../support/openSharedPort.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { framedRequest } from '../../support/stun.ts';
import { until, within } from '../../support/until.ts';

after(cleanup);

test('HTTP reaches the page, whole or byte by byte', async (t) => {
  const port = await openSharedPort(t);
  assert.equal(await (await fetch(`http://127.0.0.1:${port.port}/a`)).text(), 'page /a');
  const socket = await dial(t, port);
  for (const byte of 'GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n') {
    socket.write(byte);
    await new Promise(setImmediate);
  }
  const [answer] = await happens(socket, 'data');
  assert.match(String(answer), /page \/b/);
  assert.equal(port.counts.web, 2);
});

test('TLS with the local authority: trusted by who knows it, the same after a restart, plain HTTP is sent on', async (t) => {
  const folder = await mkdtemp(joinPath(tmpdir(), 'port-'));
  t.after(() => rm(folder, { recursive: true }));
  const names = machineNames(['meeting.example']);
  const made = await localCertificate(folder, names);
  const again = await localCertificate(folder, names);
  assert.deepEqual(again, made);
  assert.equal((await stat(made.key)).mode & 0o777, 0o600);
  assert.match(howToTrust(made), new RegExp(made.fingerprint));
  const leaf = await readFile(made.cert, 'utf8');
  const [cert, key, ca] = [leaf, await readFile(made.key), await readFile(made.ca)];

  const web = createHttps({ cert, key }, (request, response) => response.end(`secure ${request.url}`));
  const port = await openSharedPort(t, { web, secureUrl: 'https://meeting.example' });
  const get = (servername: string, trusted: Buffer | undefined) => {
    const answered = new Promise<string>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: port.port,
        path: '/x',
        servername,
        agent: false,
        ...(trusted ? { ca: trusted } : {}),
      };
      httpsRequest(options, (response) => response.setEncoding('utf8').on('data', resolve))
        .on('error', reject)
        .end();
    });
    return within('an answer over TLS', answered);
  };
  assert.equal(await get('meeting.example', ca), 'secure /x');
  await assert.rejects(get('meeting.example', undefined), /certificate/);
  await assert.rejects(get('other.example', ca), /altnames/);
  const plain = await fetch(`http://127.0.0.1:${port.port}/`, { redirect: 'manual' });
  assert.equal(plain.headers.get('location'), 'https://meeting.example');

  await localCertificate(folder, { ...names, all: [...names.all, 'below.meeting.example'] });
  assert.notEqual(await readFile(made.cert, 'utf8'), leaf, 'another name: another certificate');
  assert.deepEqual(await readFile(made.ca), ca, 'of the same authority');
});

for (const dtls of ['client', 'server'] as const) {
  test(`picture and data flow both ways through the page’s port, the client being the DTLS ${dtls}`, async (t) => {
    const sfu = await startSfu(t);
    const port = await openSharedPort(t, { ownerOf: (ufrag) => sfu.ownerOf(ufrag) });
    const room = sfu.createRoom('r');
    const [speaker, viewer] = await Promise.all([
      join(t, room, 's', { publisher: true, dtls }),
      join(t, room, 'v', { dtls }),
    ]);
    const shim = await FramedUdp.open(port.port);
    t.after(() => shim.close());
    const via = { address: '127.0.0.1', port: shim.port };
    const [camera] = await speaker.openPublisher(['_reliable'], [{ kind: 'video', ssrc: 77 }], { via });
    assert.ok(camera);
    const publication = await speaker.peer.publish({
      sid: 'TR_v',
      kind: 'video',
      rtpParameters: camera.rtpParameters,
      paused: false,
    });
    const stream = transmit(camera, { size: 1100 });
    t.after(() => stream.stop());
    const got: number[] = [];
    viewer.on('rtp', (_mid, packet) => got.push(packet.readUInt32BE(packet.length - 4)));
    const open_ = happens(viewer.peer, 'dataOpen');
    await viewer.subscribe([await viewer.peer.subscribe(publication)], { via });
    await until('the picture', () => got.length > 50);
    await open_;
    const text = happens(viewer, 'data');
    viewer.peer.sendData('reliable', Buffer.from('hello'));
    assert.equal(String((await text)[1]), 'hello');
    assert.equal(port.counts.media, 2);
    assert.equal(viewer.peer.subscriber?.state, 'connected');
  });
}

test('garbage, slow first bytes, half-closed and foreign ICE are cut off and counted', async (t) => {
  const port = await openSharedPort(t);
  const garbage = await dial(t, port);
  garbage.write('\x00\x01nonsense');
  await closed(garbage);

  const foreign = await dial(t, port);
  foreign.write(framedRequest('nobodys:x'));
  await closed(foreign);

  const half = await dial(t, port);
  half.write(Buffer.from([0x00]));
  half.end();
  await closed(half);

  const silent = await dial(t, port);
  const dripping = await dial(t, port);
  const request = framedRequest('ourufrag:x');
  let n = 0;
  const timer = setInterval(() => dripping.write(request.subarray(n, ++n)), 400);
  t.after(() => clearInterval(timer));
  await Promise.all([closed(silent), closed(dripping)]);
  const { garbage: g, unknown, slow } = port.counts;
  assert.deepEqual({ g, unknown, slow }, { g: 1, unknown: 1, slow: 3 });
  assert.equal(
    await (await fetch(`http://127.0.0.1:${port.port}/`)).text(),
    'page /',
    'the page is served all the same',
  );
});

test('a worker that is gone, or resets, ends the client’s connection; close() ends what is open', async (t) => {
  const worker = await listenAsWorker(t);
  const { sockets } = worker;
  let target = worker.tcpPort;
  const port = await openSharedPort(t, { ownerOf: () => ({ tcpPort: target, password: icePassword }) });
  const spliced = async () => {
    const socket = await dial(t, port);
    socket.write(framedRequest('ourufrag:x', { password: icePassword }));
    return socket;
  };
  const first = await spliced();
  const upstream = await until('the splice', () => sockets[0]);
  upstream.write('answer');
  assert.equal(String((await happens(first, 'data'))[0]), 'answer');
  const reset = closed(first);
  upstream.resetAndDestroy();
  await reset;

  target = 1; // nobody listens there
  await closed(await spliced());

  target = worker.tcpPort;
  const last = await spliced();
  await until('the splice', () => sockets[1]);
  const end = closed(last);
  await port.close();
  await end;
});
