import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { SharedPort } from '../../../src/edge/sharedPort/index.ts';
import { happens } from '../../support/happens.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { closed, dial, icePassword, listenAsWorker, openSharedPort } from '../../support/openSharedPort.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { framedRequest } from '../../support/stun.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const proven = framedRequest('ourufrag:x', { password: icePassword, fingerprint: true });

async function splice(t: TestContext, port: SharedPort) {
  const socket = await dial(t, port);
  socket.write(proven);
  return socket;
}

test('only who proves the ICE password reaches a worker: others are cut off, and no worker hears of them', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const port = await openSharedPort(t, {
    ownerOf: (ufrag) => (ufrag === 'ourufrag' ? { tcpPort, password: icePassword } : undefined),
  });
  const altered = Buffer.from(proven);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  for (const bytes of [
    framedRequest('ourufrag:x'),
    framedRequest('ourufrag:x', { fingerprint: true }),
    framedRequest('ourufrag:x', { password: `${icePassword}!` }),
    altered,
  ]) {
    const socket = await dial(t, port);
    const end = closed(socket);
    socket.write(bytes);
    await end;
  }
  const { media, unproven } = port.counts;
  assert.deepEqual({ media, unproven }, { media: 0, unproven: 4 });

  const socket = await splice(t, port);
  const worker = await until('the splice', () => sockets[0]);
  assert.deepEqual((await happens(worker, 'data'))[0], proven);
  worker.write('an answer');
  assert.equal(String((await happens(socket, 'data'))[0]), 'an answer');
  assert.equal(sockets.length, 1);
});

test('workers take TCP from this machine alone, and clients are told of the page’s port', async (t) => {
  const sfu = await startSfu(t, { workers: 1, listenIp: '127.0.0.2', tcp: { host: '127.0.0.3', ports: [8443, 443] } });
  const { peer } = await join(t, sfu.createRoom('r'), 'p');
  const description = peer.subscriber?.describe();
  assert.deepEqual(
    description?.candidates.map(({ protocol, address, port }) => (protocol === 'udp' ? [address] : [address, port])),
    [['127.0.0.2'], ['127.0.0.3', 8443], ['127.0.0.3', 443]],
  );
  const { tcpPort } = sfu.ownerOf(description.iceUfrag) ?? assert.fail('nobody has the ufrag');
  const stranger = connect(tcpPort, '127.0.0.2');
  await assert.rejects(happens(stranger, 'connect'), /ECONNREFUSED/);
  const here = connect(tcpPort, '127.0.0.1');
  await happens(here, 'connect');
  here.destroy();
});

test('what hangs after its participant left is closed, though the worker would keep it', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const sfu = await startSfu(t, { workers: 1 });
  const port = await openSharedPort(t, {
    ownerOf: (ufrag) => {
      const owner = sfu.ownerOf(ufrag);
      return owner && { ...owner, tcpPort };
    },
  });
  sfu.on('ufragGone', (ufrag) => port.endMedia(ufrag));
  const room = sfu.createRoom('r');
  const [leaver, other] = [await join(t, room, 'leaver'), await join(t, room, 'other')];
  const lines = [leaver, leaver, other].map(async ({ peer }) => {
    const { iceUfrag, icePwd } = peer.subscriber?.describe() ?? assert.fail('no transport');
    const socket = await dial(t, port);
    socket.write(framedRequest(`${iceUfrag}:x`, { password: icePwd }));
    return socket;
  });
  const [first, second, stays] = (await Promise.all(lines)) as [never, never, Awaited<(typeof lines)[0]>];
  await until('three splices', () => sockets.length === 3);
  const gone = Promise.all([closed(first), closed(second)]);
  leaver.peer.close();
  await gone;
  for (const socket of sockets) socket.write('still here');
  assert.equal(String((await happens(stays, 'data'))[0]), 'still here');
  await until('one splice', () => port.splices?.open === 1);
});

test('one transport holds sixteen connections at most: the oldest goes, and no other transport’s', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const port = await openSharedPort(t, { ownerOf: () => ({ tcpPort, password: icePassword }) });
  const other = await dial(t, port);
  other.write(framedRequest('another:x', { password: icePassword, fingerprint: true }));
  const own = [await splice(t, port)];
  const gone = closed(own[0] as never);
  while (own.length < 17) own.push(await splice(t, port));
  await gone;
  await until('sixteen and the other', () => port.splices?.open === 17 && sockets.length === 18);
  assert.equal(port.splices?.counts.surplus, 1);
  assert.deepEqual([other, ...own].map((socket) => socket.destroyed).filter(Boolean).length, 1);
});

test('a port for media alone, as behind a proxy, serves no page', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const port = await openSharedPort(t, { web: undefined, ownerOf: () => ({ tcpPort, password: icePassword }) });
  await assert.rejects(fetch(`http://127.0.0.1:${port.port}/`));
  assert.equal(port.counts.garbage, 1);
  await splice(t, port);
  await until('the splice', () => sockets.length === 1);
});

test('media flows while the thread of signalling stands still', async (t) => {
  const { tcpPort } = await inThread(t, 'worker');
  const port = await openSharedPort(t, { ownerOf: () => ({ tcpPort, password: icePassword }) });
  const rounds = new Int32Array(new SharedArrayBuffer(4));
  const client = await inThread(t, 'client', { port: port.port, rounds, proven });
  client.thread.postMessage('go');
  // Both ends are in threads of their own. This one holds the event loop of the port, and waits for their hundredth word.
  assert.notEqual(Atomics.wait(rounds, 0, 0, 20_000), 'timed-out');
});

const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const net = require('node:net');
  if (workerData.what === 'worker') {
    const server = net.createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1', () =>
      parentPort.postMessage({ tcpPort: server.address().port }));
  } else {
    const { port, rounds, proven } = workerData;
    const socket = net.connect(port, '127.0.0.1', () => socket.write(proven));
    socket.once('data', () => parentPort.postMessage({}));
    parentPort.once('message', () => {
      let said = 0;
      const next = () => (++said > 100 ? (Atomics.store(rounds, 0, 1), Atomics.notify(rounds, 0)) : socket.write('word'));
      socket.on('data', next);
      next();
    });
  }`;

/** Runs one end of a connection; resolves with what it says first. */
async function inThread(t: TestContext, what: 'worker' | 'client', data = {}) {
  const thread = new Worker(PROGRAM, { eval: true, workerData: { what, ...data } });
  t.after(() => thread.terminate());
  const [said] = await happens(thread, 'message');
  return { thread, ...(said as { tcpPort: number }) };
}

test('nothing is lost or turned round of what a client says while it is handed over', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const port = await openSharedPort(t, { ownerOf: () => ({ tcpPort, password: icePassword }) });
  const socket = await splice(t, port);
  const said = [proven];
  for (let i = 0; i < 2_000; i++) {
    const word = Buffer.from(`word ${i} `);
    said.push(word);
    socket.write(word);
    if (i % 7 === 0) await new Promise(setImmediate);
  }
  const worker = await until('the splice', () => sockets[0]);
  let heard = Buffer.alloc(0);
  worker.on('data', (chunk) => {
    heard = Buffer.concat([heard, chunk]);
  });
  await until('all of it', () => heard.length >= Buffer.concat(said).length);
  assert.ok(heard.equals(Buffer.concat(said)));
});

test('a client that says nothing for long is cut, and so is one that takes nothing', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const ownerOf = () => ({ tcpPort, password: icePassword });
  const strict = await openSharedPort(t, { ownerOf, patience: { silentMs: 200, stalledMs: 60_000 } });
  await closed(await splice(t, strict));
  await until('the news of it', () => strict.splices?.open === 0);
  assert.deepEqual(strict.splices?.counts, { silent: 1, stalled: 0, surplus: 0 });

  const port = await openSharedPort(t, { ownerOf, patience: { silentMs: 60_000, stalledMs: 200 } });
  const socket = (await splice(t, port)).pause(); // it takes nothing
  const alive = setInterval(() => socket.write('still here'), 50);
  t.after(() => clearInterval(alive));
  const worker = await until('the splice', () => sockets[1]);
  const end = closed(worker);
  const flood = () => {
    while (worker.write(Buffer.alloc(65_536)));
  };
  worker.on('drain', flood);
  flood();
  await end;
  await until('the news of it', () => port.splices?.open === 0);
  assert.deepEqual(port.splices?.counts, { silent: 0, stalled: 1, surplus: 0 });
});

test('a process of media that dies takes its clients with it, and the next client gets another', async (t) => {
  const { tcpPort, sockets } = await listenAsWorker(t);
  const died: string[] = [];
  const port = await openSharedPort(t, {
    ownerOf: () => ({ tcpPort, password: icePassword }),
    died: (error) => died.push(error.message),
  });
  assert.deepEqual(port.splices?.pids, [], 'nobody needs one yet');
  const first = await splice(t, port);
  await until('the splice', () => sockets.length === 1);
  const [pid] = port.splices?.pids ?? [];
  assert.ok(pid);
  const gone = closed(first);
  process.kill(pid, 'SIGKILL');
  await gone;
  await until('the news', () => died.length === 1);
  assert.match(died[0] as string, /SIGKILL/);
  await splice(t, port);
  await until('the next splice', () => sockets.length === 2);
  const next = port.splices?.pids ?? [];
  assert.equal(next.length, 1);
  assert.notEqual(next[0], pid);
});
