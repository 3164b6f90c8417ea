import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { atPace, limitBody } from './bodyPace.ts';
import { asRefusal, statusOf } from './problems.ts';

const PACE = { bytesPerSecond: 10_000, windowMs: 900, mostMs: 60_000 };
const WITHIN_MS = 600;

/** What came of a body that is sent in pieces, one every 20 ms: the answer, and what the server had of it. */
async function send(t: TestContext, handle: RequestListener, pieces: readonly Buffer[]) {
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    limitBody(request, response, WITHIN_MS);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let [answer, over] = ['', false];
  client.on('data', (data) => {
    answer += data;
  });
  client.on('error', () => undefined);
  const ended = new Promise<void>((resolve) =>
    client.once('close', () => {
      over = true;
      resolve();
    }),
  );
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  client.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`);
  for (const piece of pieces) {
    if (over) break;
    client.write(piece);
    await pause(20);
  }
  await ended;
  return answer.slice(9, 12);
}

/** Takes a file, as a route with uploads does. */
const taking =
  (seen: { bytes: number; broken?: string }): RequestListener =>
  async (request, response) => {
    try {
      for await (const piece of atPace(request, PACE)) seen.bytes += piece.length;
      response.end('ok');
    } catch (error) {
      const refusal = asRefusal(error);
      seen.broken = refusal.reason;
      response.writeHead(statusOf[refusal.reason], { connection: 'close' }).end();
    }
  };
const many = (count: number, bytes: number) => Array.from({ length: count }, () => Buffer.alloc(bytes));

test('HT13 a file on a slow line comes whole, though it takes many times as long as a request may', async (t) => {
  const seen = { bytes: 0 };
  assert.equal(await send(t, taking(seen), many(120, 1_000)), '200');
  assert.equal(seen.bytes, 120_000);
});

test('HT13 whoever sends a byte now and then is told so (408), also when a good part came before', async (t) => {
  const seen: { bytes: number; broken?: string } = { bytes: 0 };
  assert.equal(await send(t, taking(seen), [Buffer.alloc(50_000), ...many(500, 1)]), '408');
  assert.equal(seen.broken, 'too-slow');
  assert.ok(seen.bytes < 50_400, `${seen.bytes}`);
});

test('HT13 what is no file of somebody who is signed in has the time of a request, at whatever pace it comes', async (t) => {
  const reading: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end('ok'));
  };
  assert.equal(await send(t, reading, many(500, 1_000)), '408');
  assert.equal(await send(t, (_, response) => response.end('no'), many(500, 1_000)), '200', 'an answer is sent');
  assert.equal(await send(t, reading, many(2, 1_000)), '200');
});
