import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { dh } from '../../support/dh.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
before(async () => {
  node = await TestNode.create();
});
after(() => node?.close());

const keys = async (...args: string[]) => {
  const { status, out } = await dh('keys/main', args, { DATA_DIR: node.folder, DATABASE_URL: '', REDIS_URL: '' });
  const [, name = '', secret = ''] = /^LIVEKIT_API_KEY=(.+)\nLIVEKIT_API_SECRET=(.+)$/m.exec(out) ?? [];
  return { status, out, service: new RoomServiceClient(node.internalUrl, name, secret) };
};
const answers = (service: RoomServiceClient) =>
  service.createRoom({ name: 'archive-1' }).then(
    () => 200,
    ({ status }: { status: number }) => status,
  );

test('KY1 KY3 KY4 dh keys: a running server follows what is added, rotated and withdrawn', async () => {
  const added = await keys('add', 'archive', '--room', 'archive-*', '--webhook', 'http://127.0.0.1:9/hush');
  await until('the new key is good', async () => (await answers(added.service)) === 200);
  await assert.rejects(added.service.createRoom({ name: 'default-1' }), { code: 'permission_denied' });
  const rotated = await keys('rotate', 'archive');
  await until('the new secret is good', async () => (await answers(rotated.service)) === 200);
  assert.equal(await answers(added.service), 200, 'the old one for a day');
  const { out } = await keys('list');
  assert.match(out, /^default: \*\narchive: archive-\*, an old secret until \S+Z, webhooks to 127\.0\.0\.1:9\n$/);

  assert.equal((await keys('withdraw', 'archive')).status, 0);
  await until('it is withdrawn', async () => (await answers(rotated.service)) === 401);
});
