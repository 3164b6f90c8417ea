import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';
import { redisOptions } from '../../src/lib/redisAddress.ts';
import { keepPulse } from '../../src/lib/redisPulse.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { happens } from '../support/happens.ts';
import { PostgresData, PostgresServer } from '../support/PostgresServer.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let server: PostgresServer;
let stores: TestStores;
before(async () => {
  [server, stores] = await Promise.all([PostgresServer.start(PostgresData.create(), []), openStores({ own: true })]);
});
after(async () => {
  await server?.close();
  await stores?.close();
});

test('ST4 a commit that its standby does not have is told to nobody as done', async () => {
  const postgres = await Postgres.create(server.adminUrl, () => undefined, 1);
  await server.ask('CREATE TABLE kept (nr int)');
  // Nobody follows under that name.
  await server.ask(`ALTER SYSTEM SET synchronous_standby_names = 'away'`);
  await server.ask('SELECT pg_reload_conf()');
  await until('it waits for its standby', async () => {
    const [row] = await server.ask('SHOW synchronous_standby_names');
    return row?.synchronous_standby_names === 'away';
  });
  const insert = (row: number) => postgres.transaction((sql) => sql.query('INSERT INTO kept VALUES ($1)', [row]));
  let nr = 0;
  let commit: Promise<unknown> | undefined;
  /** The server process of a commit that waits. Its checkpointer tells commits of a standby in its own time: those before find none. */
  const waiting = () =>
    until('a commit waits for its standby', async () => {
      commit ??= insert(++nr).then(() => {
        commit = undefined;
      });
      const [row] = await server.ask<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'dieu-hanh' AND wait_event = 'SyncRep'`,
      );
      return row?.pid;
    });
  // PostgreSQL says of one that somebody cancels that it is done.
  const pid = await waiting();
  assert.ok(commit);
  const cancelled = assert.rejects(commit, { reason: 'store-unavailable' });
  await server.ask(`SELECT pg_cancel_backend(${pid})`);
  await cancelled;
  commit = undefined;
  await waiting();
  assert.deepEqual(await server.ask(`SELECT nr FROM kept WHERE nr = ${nr}`), []);
  const confirmed = commit;
  await server.ask('ALTER SYSTEM RESET synchronous_standby_names');
  await server.ask('SELECT pg_reload_conf()');
  await confirmed;
  assert.deepEqual(await server.ask(`SELECT nr FROM kept WHERE nr = ${nr}`), [{ nr }]);
  await postgres.close();
});

test('ST3 a Redis that holds its connections and does not answer is left', async () => {
  const redis = new Redis({ ...redisOptions(stores.redisUrl), maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  await happens(redis, 'ready');
  keepPulse(redis, 20, 200);
  const left = happens(redis, 'close', 30_000);
  const { embedded } = stores;
  assert.ok(embedded, 'this test stops a Redis of its own');
  process.kill(embedded.pids().redis, 'SIGSTOP');
  await left.finally(() => process.kill(embedded.pids().redis, 'SIGCONT'));
  await happens(redis, 'ready', 30_000);
  redis.disconnect();
});
