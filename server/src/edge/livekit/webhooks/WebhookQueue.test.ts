import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createLogger } from '../../../observability/logger.ts';
import { WebhookQueue, type WebhookQueueOptions } from './WebhookQueue.ts';

/** A receiver that answers as told and remembers what came. */
async function receiver(t: TestContext, answer: (body: string, attempt: number) => number | Promise<number>) {
  const got: string[] = [];
  const attempts = new Map<string, number>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const attempt = (attempts.get(body) ?? 0) + 1;
    attempts.set(body, attempt);
    const status = await answer(body, attempt);
    if (status === 200) got.push(body);
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, attempts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
function queueTo(t: TestContext, url: string, options: Partial<WebhookQueueOptions> = {}) {
  const log = createLogger('silent');
  const queue = new WebhookQueue({ url, log, sign: async () => 'signed', retryMs: [1, 2, 4], ...options });
  t.after(() => queue.close(0));
  return { queue, add: (room: string, body: string) => queue.add(room, { id: body, event: 'e', body }) };
}

test('a room is told in order, also when the first attempts fail', async (t) => {
  const { got, url } = await receiver(t, (body, attempt) => (body === 'a1' && attempt < 3 ? 500 : 200));
  const { queue, add } = queueTo(t, url);
  for (const body of ['a1', 'a2', 'a3', 'b1']) add(body[0] ?? '', body);
  await queue.close(20_000);
  assert.deepEqual(
    got.filter((body) => body.startsWith('a')),
    ['a1', 'a2', 'a3'],
  );
  assert.ok(got.indexOf('b1') < got.indexOf('a1'), 'another room waited');
});

test('what is never taken is given up, and the next follows', async (t) => {
  const { got, attempts, url } = await receiver(t, (body) => (body === 'a1' ? 500 : 200));
  const { queue, add } = queueTo(t, url);
  add('a', 'a1');
  add('a', 'a2');
  await queue.close(20_000);
  assert.deepEqual([got, attempts.get('a1'), queue.waiting], [['a2'], 4, 0]);
});

test('what waits is bounded, and closing ends what is under way, though nobody answers', {
  timeout: 60_000,
}, async (t) => {
  const { url } = await receiver(t, () => new Promise<number>(() => {}));
  const { queue, add } = queueTo(t, url, { limit: 3, timeoutMs: 3_600_000 });
  for (const body of ['a1', 'a2', 'a3', 'a4', 'a5']) add('a', body);
  assert.deepEqual([queue.waiting, queue.dropped], [3, 2]);
  await queue.close(50);
});

test('an address that does not answer in time, or is not there, is a failure like any other', async (t) => {
  const { got, url } = await receiver(t, (_body, attempt) => (attempt === 1 ? new Promise<number>(() => {}) : 200));
  const { queue, add } = queueTo(t, url, { timeoutMs: 500 });
  add('a', 'a1');
  await queue.close(20_000);
  assert.deepEqual(got, ['a1']);
  const nowhere = queueTo(t, 'http://127.0.0.1:9/');
  nowhere.add('a', 'a1');
  await nowhere.queue.close(20_000);
  assert.equal(nowhere.queue.waiting, 0);
});
