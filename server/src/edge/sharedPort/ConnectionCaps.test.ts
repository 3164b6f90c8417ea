import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readConfig } from '../../config.ts';
import { createWebServer } from '../http/createWebServer.ts';
import { type CapsOptions, ConnectionCaps } from './ConnectionCaps.ts';
import { localCertificate, ServedCertificate, SharedPort } from './index.ts';

async function openPort(t: TestContext, options: Partial<CapsOptions>) {
  const caps = new ConnectionCaps({ perNetwork: 3, total: 100, perAccount: 2, isExcepted: () => false, ...options });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    caps.enter(socket);
    // The port itself reads until it knows what is wanted.
    socket.resume();
    if (!socket.destroyed) socket.write('.');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const opened: Socket[] = [];
  t.after(() => {
    for (const socket of opened) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** @returns the client, and whether it was let in */
  const dial = async (from = '127.0.0.1') => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    opened.push(socket);
    socket.on('error', () => undefined);
    const isIn = await Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
    const ends = { remoteAddress: from, remotePort: socket.localPort ?? 0 };
    return { socket, isIn, ends };
  };
  const alive = ({ socket }: { socket: Socket }) => !socket.destroyed;
  return { caps, dial, alive };
}

test('over the cap of an address its newest stranger goes, and nobody who has signed in', async (t) => {
  const { caps, dial } = await openPort(t, {});
  const guests = [await dial(), await dial(), await dial()];
  assert.deepEqual(
    guests.map(({ isIn }) => isIn),
    [true, true, true],
  );
  assert.equal((await dial()).isIn, false);
  assert.equal((await dial('127.0.0.2')).isIn, true, 'another address has its own');
  for (const { ends } of guests.slice(0, 2)) caps.vouch(ends, 'account');
  assert.deepEqual([(await dial()).isIn, (await dial()).isIn, (await dial()).isIn], [true, true, false]);
  for (const { socket } of guests) assert.equal(socket.destroyed, false);
  assert.deepEqual(caps.counts, { crowded: 2, full: 0 });
  guests[2]?.socket.destroy();
  await once(guests[2]?.socket as Socket, 'close');
  while (caps.open > 5) await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await dial()).isIn, true, 'who goes makes room');
});

test('a full port puts out the newest stranger of the address with most of them, and lets nobody in for a participant', async (t) => {
  const { caps, dial } = await openPort(t, { perNetwork: 10, total: 4 });
  const participant = await dial();
  caps.vouch(participant.ends, 'account');
  const [older, newer] = [await dial(), await dial()];
  const other = await dial('127.0.0.2');
  const gone = once(newer.socket, 'close');
  const late = await dial('127.0.0.3');
  await gone;
  assert.deepEqual([late.isIn, older.socket.destroyed, other.socket.destroyed], [true, false, false]);
  for (const [i, { ends }] of [older, other, late].entries()) caps.vouch(ends, `account ${i}`);
  assert.equal((await dial('127.0.0.4')).isIn, false, 'all others have signed in');
  for (const { socket } of [participant, older, other, late]) assert.equal(socket.destroyed, false);
});

test('an excepted address has no cap of its own, and an account vouches for a few connections only', async (t) => {
  const { caps, dial } = await openPort(t, { isExcepted: (address) => address === '127.0.0.2' });
  for (let i = 0; i < 6; i++) assert.equal((await dial('127.0.0.2')).isIn, true);
  const guests = [await dial(), await dial(), await dial()];
  for (const { ends } of guests) caps.vouch(ends, 'the same');
  assert.deepEqual([(await dial()).isIn, (await dial()).isIn, (await dial()).isIn], [true, true, false]);
});

test('behind a proxy a connection counts for whoever the proxy says', async (t) => {
  const { caps, dial } = await openPort(t, { isExcepted: (address) => address === '127.0.0.1' });
  const guests = [await dial(), await dial(), await dial(), await dial(), await dial()];
  const last = guests.at(3)?.socket as Socket;
  const gone = once(last, 'close');
  for (const { ends } of guests.slice(0, 4)) caps.comesFrom(ends, '198.51.100.7');
  await gone;
  caps.comesFrom((guests[4] as (typeof guests)[0]).ends, '198.51.100.8');
  assert.equal(guests.filter(({ socket }) => !socket.destroyed).length, 4);
});

test('behind a proxy a connection that has carried requests of people who are signed in is a stranger’s when it becomes that', async (t) => {
  const { caps, dial } = await openPort(t, { isExcepted: (address) => address === '127.0.0.1' });
  const guests = [await dial(), await dial(), await dial(), await dial()];
  const last = guests.at(3)?.socket as Socket;
  const gone = once(last, 'close');
  for (const [i, { ends }] of guests.entries()) {
    caps.vouch(ends, `account ${i}`);
    caps.comesFrom(ends, '198.51.100.7');
  }
  await gone;
  for (const { ends } of guests.slice(0, 3)) caps.vouch(ends, 'account 0');
  const another = await dial();
  caps.comesFrom(another.ends, '198.51.100.7');
  assert.equal(
    [...guests, another].filter(({ socket }) => !socket.destroyed).length,
    4,
    'who has signed in counts no more',
  );
});

test('behind TLS a connection is the same one, and is forgotten when it ends', { timeout: 60_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-tls-'));
  const names = ['localhost'];
  const certificate = await ServedCertificate.create(await localCertificate(folder, { must: names, all: names }));
  const caps = new ConnectionCaps({ perNetwork: 3, total: 100, isExcepted: () => false });
  const web = createWebServer(
    ({ socket }, response) => {
      caps.vouch(socket, `${socket.remotePort}`);
      response.end('in');
    },
    { certificate },
  );
  const port = await SharedPort.create({
    setting: 'PORT',
    host: '127.0.0.1',
    port: 0,
    web,
    secureUrl: 'https://x',
    caps,
  });
  t.after(async () => {
    await port.close(0);
    await rm(folder, { recursive: true });
  });
  const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, rejectUnauthorized: false }));
  for (const agent of agents) {
    const answer = await new Promise<string>((resolve, reject) => {
      const asked = get({ host: '127.0.0.1', port: port.port, agent }, (response) => {
        response.resume().once('end', () => resolve('in'));
      });
      asked.once('error', reject);
    });
    assert.equal(answer, 'in', 'twice as many as an address has strangers');
  }
  assert.equal(caps.open, 6);
  for (const agent of agents) agent.destroy();
  while (caps.open > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('a province whose communes all come back at once does not meet the cap of an address', () => {
  const [communes, pageAndAssets, sockets, mediaOverTcp] = [700, 6, 2, 2];
  assert.ok(communes * (pageAndAssets + sockets + mediaOverTcp) <= readConfig({}).CONNECTIONS_PER_ADDRESS);
});
