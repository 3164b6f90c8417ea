import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { isReady, isThere } from './nodeAnswers.ts';

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

test('PL10 a node that is ready is there, and one that merely drains, which is not ready; one that is cut off is neither', async (t) => {
  const [ready, drains] = [
    await node(t, says(200, '{"ready":true}')),
    await node(t, says(503, '{"ready":false,"draining":true}')),
  ];
  assert.deepEqual([await isThere(ready), await isThere(drains)], [true, true]);
  const site = (url: string) => isReady(url.replace(/^ws(.*)\/$/, 'http$1'));
  assert.deepEqual([await site(ready), await site(drains)], [true, false]);
  for (const body of ['{"ready":false}', 'null', '<p>down'])
    assert.equal(await isThere(await node(t, says(503, body))), false, body);
});

test('PL10 a node that may not be read is there if its signalling answers', async (t) => {
  // A browser that may not read an answer is told what it is told of one that does not come.
  const before = await node(t, ({ url, socket }, response) => {
    if (url === '/readyz') socket.destroy();
    else response.writeHead(404).end();
  });
  assert.equal(await isThere(before), true);
  assert.equal(await isThere(await node(t, ({ socket }) => socket.destroy())), false);
});

test('PL10 a node that takes a question and says nothing is not there, and is not asked twice', async (t) => {
  const asked: (string | undefined)[] = [];
  assert.equal(await isThere(await node(t, ({ url }) => asked.push(url))), false);
  assert.deepEqual(asked, ['/readyz']);
});
