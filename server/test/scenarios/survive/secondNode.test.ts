import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { happens } from '../../support/happens.ts';
import { inFolder, refusedStart } from '../../support/npmStart.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { Successor } from '../../support/Successor.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
before(async () => {
  server = await ServerProcess.create({ NODE_ID: 'first' });
});
after(() => server?.close());

const stores = () => ({ DATABASE_URL: server.stores.databaseUrl, REDIS_URL: server.stores.redisUrl });

test('SV8 a second node on the same database is refused in one sentence, and the first serves on', async () => {
  const { status, errors } = await inFolder((DATA_DIR) => refusedStart({ ...stores(), DATA_DIR, NODE_ID: 'second' }));
  assert.match(errors, /^another node serves this database \(node first.*DATABASE_URL\.$/);
  assert.equal(status, 1);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
});

test('SV8 a node that was killed leaves no lock behind', async () => {
  await server.kill();
  await server.start();
});

test('SV9 a node ends itself when another got the lock while its own connection was broken', async () => {
  const successor = await Successor.create(server.stores.databaseUrl);
  const { has } = await successor.asks();
  const ended = happens(server.child, 'exit', 30_000);
  await successor.endHolder();
  await has;
  assert.deepEqual(await ended, [78, null]);
  await successor.close();
  await server.start();
  await until('it serves again', async () => (await fetch(`${server.url}/readyz`)).ok);
});
