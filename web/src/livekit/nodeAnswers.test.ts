import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { isReady } from '../lib/isReady.ts';
import { worthOf } from './nodeAnswers.ts';

/** A node as `/join` names it. */
async function node(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const says = (status: number, body: string): RequestListener => {
  return ({ url }, response) => void response.writeHead(url === '/readyz' ? status : 404).end(body);
};

test('PL10 PL26 a node that is ready is of use, and one that merely drains; one that answers and is not ready is unfit', async (t) => {
  const [ready, drains] = [
    await node(t, says(200, '{"ready":true}')),
    await node(t, says(503, '{"ready":false,"draining":true}')),
  ];
  assert.deepEqual([await worthOf(ready), await worthOf(drains)], ['of-use', 'of-use']);
  const site = (url: string) => isReady(url.replace(/^ws(.*)\/$/, 'http$1'));
  assert.deepEqual([await site(ready), await site(drains)], [true, false]);
  for (const body of ['{"ready":false}', 'null', '<p>down'])
    assert.equal(await worthOf(await node(t, says(503, body))), 'unfit', body);
});

test('PL10 a node that may not be read is of use if its signalling answers', async (t) => {
  // A browser that may not read an answer is told what it is told of one that does not come.
  const before = await node(t, ({ url, socket }, response) => {
    if (url === '/readyz') socket.destroy();
    else response.writeHead(404).end();
  });
  assert.equal(await worthOf(before), 'of-use');
  assert.equal(await worthOf(await node(t, ({ socket }) => socket.destroy())), 'silent');
});

test('PL10 a node that takes a question and says nothing is silent, and is not asked twice', async (t) => {
  const asked: (string | undefined)[] = [];
  assert.equal(await worthOf(await node(t, ({ url }) => asked.push(url))), 'silent');
  assert.deepEqual(asked, ['/readyz']);
});
