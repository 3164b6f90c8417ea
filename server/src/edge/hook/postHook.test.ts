import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { mayDeliver } from './hookAddress.ts';
import { isPossible, postHook } from './postHook.ts';

const anywhere = mayDeliver([], true);

async function receiver(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function outcome(listener: RequestListener, withinMs?: number, may = anywhere) {
  const { port, close } = await receiver(listener);
  const stop = new AbortController().signal;
  try {
    return await postHook(`http://localhost:${port}/`, {}, '{}', { may, stop, ...(withinMs && { withinMs }) });
  } finally {
    await close();
  }
}

test('WH9 what a receiver answers decides what becomes of an event', async () => {
  const status = (code: number, headers = {}) => outcome((_, response) => response.writeHead(code, headers).end('x'));
  assert.deepEqual(await status(204), { is: 'delivered' });
  const failed = { is: 'failed', retryAfter: undefined };
  assert.deepEqual(await status(500), { ...failed, fault: 'status', status: 500 });
  assert.deepEqual(await status(410), { ...failed, fault: 'gone', status: 410 });
  assert.deepEqual(await status(503, { 'retry-after': '90' }), {
    ...failed,
    fault: 'status',
    status: 503,
    retryAfter: 90,
  });
});

test('WH8 a redirect is not followed', async () => {
  let asked = 0;
  const answer = await outcome((request, response) => {
    asked += 1;
    response.writeHead(302, { location: `http://${request.headers.host}/elsewhere` }).end();
  });
  assert.deepEqual([answer, asked], [{ is: 'failed', fault: 'redirect', status: 302, retryAfter: undefined }, 1]);
});

test('WH8 a receiver that hangs is left, and of 20 MB no more than a little is read', async () => {
  const hung = await outcome(() => undefined, 200);
  assert.equal(hung.is === 'failed' && hung.fault, 'timeout');
  let sent = 0;
  const answer = await outcome(async (request, response) => {
    request.resume();
    const chunk = Buffer.alloc(65_536);
    response.on('error', () => undefined);
    while (sent < 20_000_000 && !response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) await new Promise((done) => response.once('drain', done).once('close', done));
    }
    response.end();
  });
  assert.deepEqual(answer, { is: 'delivered' });
  assert.ok(sent < 20_000_000, `${sent} bytes were sent`);
});

test('WH8 what a name leads to is checked where it is connected to', async () => {
  let asked = 0;
  const answer = await outcome(() => void asked++, undefined, mayDeliver([], false));
  assert.deepEqual([answer.is === 'failed' && answer.fault, asked], ['address', 0]);
});

test('WH8 private networks are allowed, this machine, link-local addresses and ports of stores are not', () => {
  const may = mayDeliver([{ host: '10.0.0.5', port: 5432 }], false);
  for (const address of ['10.0.0.7', '192.168.1.1', '203.0.113.9', 'fd00::1', '2001:db8::1'])
    assert.equal(may(address, 443), true, address);
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '169.254.169.254', 'fe80::1', '::', 'x'])
    assert.equal(may(address, 443), false, address);
  assert.equal(may('10.0.0.5', 5432), false);
  assert.equal(may('10.0.0.5', 443), true);
  assert.equal(mayDeliver([{ host: '127.0.0.1', port: 5432 }], true)('127.0.0.1', 5432), false);
  assert.equal(isPossible('http://[::1]/', may), false);
  assert.equal(isPossible('http://2130706433/', may), false);
  assert.equal(isPossible('http://user:word@receiver.example/', may), false);
  assert.equal(isPossible('https://receiver.example/', may), true);
});
