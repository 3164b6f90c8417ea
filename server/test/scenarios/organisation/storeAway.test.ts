import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueLinkFor } from '../../support/people.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

test('SA1 kill -9 of PostgreSQL: acts are refused with `store-unavailable`, and work again when it is back', async () => {
  const node = await TestNode.create({}, { own: true });
  try {
    const pm = await node.signIn(await issueLinkFor(node, 'principal', 'vn'));
    const { body } = await pm.get('/api/briefings');
    const url = `/api/briefings/${body.briefings[0].id}`;
    process.kill(node.stores.embedded?.pids().postgres ?? 0, 'SIGKILL');
    const refused = await until('a refusal', async () => {
      const answer = await pm.post(`${url}/live`);
      return answer.status !== 200 && answer;
    });
    assert.deepEqual([refused.status, refused.body.error.reason], [503, 'store-unavailable']);
    assert.equal((await node.browser().get('/healthz')).status, 200, 'the process lives on');
    const live = await until('live', async () => {
      const answer = await pm.post(`${url}/live`);
      if (answer.status !== 200) assert.equal(answer.body.error.reason, 'store-unavailable');
      return answer.status === 200 && answer.body;
    });
    assert.equal(live.state, 'live');
    await until('ready', async () => (await node.browser().get('/readyz')).status === 200);
  } finally {
    await node.close();
  }
});

test('SA2 kill -9 of Redis: signing in goes on, limits are counted by the node itself', async () => {
  const node = await TestNode.create({}, { own: true });
  try {
    const secret = await issueLinkFor(node, 'principal', 'vn');
    process.kill(node.stores.embedded?.pids().redis ?? 0, 'SIGKILL');
    const pm = await node.signIn(secret);
    assert.equal((await pm.get('/api/session')).status, 200);
    await until('ready', async () => (await node.browser().get('/readyz')).status === 200);
    assert.equal((await pm.get('/api/session')).status, 200);
  } finally {
    await node.close();
  }
});

test('SA3 a node that cannot reach its database says so and leaves nothing behind', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' };
  await assert.rejects(TestNode.create(env), /^StartRefusal: PostgreSQL at 127\.0\.0\.1:1 does not answer/);
});
