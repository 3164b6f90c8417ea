import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { localCertificate, ServedCertificate } from '../sharedPort/index.ts';
import { createWebServer } from './createWebServer.ts';

test('a request that never ends is cut off, though the server listens on nothing itself', {
  timeout: 60_000,
}, async () => {
  const web = createWebServer((_request, response) => response.end('ok'), {
    headersTimeout: 200,
    requestTimeout: 400,
  });
  const port = createServer((socket) => void web.emit('connection', socket));
  await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
  const address = port.address();
  assert.ok(address && typeof address === 'object');
  const answers = async (text: string) => {
    const socket = connect(address.port, '127.0.0.1');
    socket.write(text);
    let seen = '';
    for await (const chunk of socket) seen += chunk;
    return seen.slice(0, 12);
  };
  assert.equal(await answers('GET / HTTP/1.1\r\nHost: x\r\n'), 'HTTP/1.1 408');
  assert.equal(
    await answers('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc'),
    'HTTP/1.1 200',
    'an answer that needs no body is sent',
  );
  await new Promise((resolve) => port.close(resolve));
  web.close();
});

test('a TLS handshake that never ends, and an answer that nobody reads, are cut off', {
  timeout: 60_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  const names = ['localhost'];
  const certificate = await ServedCertificate.create(await localCertificate(folder, { must: names, all: names }));
  const secure = createWebServer((_request, response) => response.end(), { certificate, handshakeTimeout: 200 });
  const endless = createWebServer((_request, response) => response.end(Buffer.alloc(64 * 1024 * 1024)), {
    idleTimeout: 200,
  });
  const cutOff = async (web: typeof secure, bytes: Buffer) => {
    const port = createServer((socket) => void web.emit('connection', socket));
    await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
    const address = port.address();
    assert.ok(address && typeof address === 'object');
    const accepted = new Promise<void>((resolve) => port.once('connection', (socket) => socket.once('close', resolve)));
    const client = connect(address.port, '127.0.0.1');
    client.on('error', () => undefined);
    client.write(bytes);
    await accepted;
    client.destroy();
    await new Promise((resolve) => port.close(resolve));
    web.close();
  };
  const half = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
  await cutOff(secure, half);
  await cutOff(endless, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
});

test('who has spoken TLS with a node goes on by a ticket: no certificate is sent, and none is signed for', {
  timeout: 60_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  const names = ['localhost'];
  const certificate = await ServedCertificate.create(await localCertificate(folder, { must: names, all: names }));
  const web = createWebServer((_request, response) => response.end('ok'), { certificate });
  const port = createServer((socket) => void web.emit('connection', socket));
  await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
  const address = port.address();
  assert.ok(address && typeof address === 'object');
  const visit = (ticket?: Buffer) => {
    const options = { port: address.port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false };
    return connectTls({ ...options, ...(ticket && { session: ticket }) });
  };
  const first = visit();
  const [ticket] = (await once(first, 'session')) as [Buffer];
  const second = visit(ticket);
  await once(second, 'secureConnect');
  assert.deepEqual([first.isSessionReused(), second.isSessionReused()], [false, true]);
  for (const socket of [first, second]) socket.destroy();
  await new Promise((resolve) => port.close(resolve));
  web.close();
});
