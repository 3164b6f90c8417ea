import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
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
