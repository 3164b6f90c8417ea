import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startEmbedded, stopEmbedded } from './index.ts';
import { identifyProcess } from './processes.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
after(async () => {
  await stopEmbedded({ DATA_DIR: dataDir });
  const real = realpathSync(join(dataDir, 'stores'));
  rmSync(real, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

interface Told {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly redisUrl: string;
  readonly postgres: number;
  readonly redis: number;
}

/** A server in a process of its own that owns the stores until it is killed. */
async function owner(): Promise<{ child: ChildProcess; told: Told }> {
  const code = `import { startEmbedded } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const quiet = { info() {}, warn() {}, error() {} };
    const s = await startEmbedded({ DATA_DIR: ${JSON.stringify(dataDir)} }, quiet);
    process.on('SIGTERM', () => s.close().then(() => process.exit(0)));
    console.log(JSON.stringify({ databaseUrl: s.databaseUrl, ownerUrl: s.ownerUrl, redisUrl: s.redisUrl, ...s.pids() }));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) return { child, told: JSON.parse(line) as Told };
  throw new Error('the owner ended without a word');
}

async function sql(databaseUrl: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

async function redis<T>(redisUrl: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redisUrl, { retryStrategy: () => null, lazyConnect: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    client.disconnect();
  }
}

async function eventually<T>(withinMs: number, attempt: () => Promise<T>): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(20);
    }
  }
}

test('the stores outlive a killed server, are adopted by the next, and keep their data over an orderly stop', async () => {
  const first = await owner();
  await sql(first.told.ownerUrl, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('trước')");
  await redis(first.told.redisUrl, (client) => client.set('kept', 'trước'));
  await assert.rejects(startEmbedded({ DATA_DIR: dataDir }, quiet), /another server already uses the data/);

  first.child.kill('SIGKILL');
  await new Promise((resolve) => first.child.once('exit', resolve));
  assert.ok(identifyProcess(first.told.postgres), 'PostgreSQL lives on');
  assert.ok(identifyProcess(first.told.redis), 'Redis lives on');

  const second = await owner();
  assert.deepEqual(second.told, first.told, 'same processes, same addresses');

  second.child.kill('SIGTERM');
  await new Promise((resolve) => second.child.once('exit', resolve));
  assert.equal(identifyProcess(first.told.postgres), undefined, 'PostgreSQL is stopped');
  assert.equal(identifyProcess(first.told.redis), undefined, 'Redis is stopped');

  const third = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  assert.deepEqual((await sql(third.ownerUrl, 'SELECT word FROM kept')).rows, [{ word: 'trước' }]);
  assert.equal(await redis(third.redisUrl, (client) => client.get('kept')), 'trước');
  await third.close();
  await third.close();
});

test('a store that is killed is started again at once, whether we started or adopted it', async (t) => {
  const first = await owner();
  first.child.kill('SIGKILL');
  await new Promise((resolve) => first.child.once('exit', resolve));
  const stores = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  t.after(() => stores.close());
  for (const round of ['adopted', 'started']) {
    const before = stores.pids();
    await sql(stores.ownerUrl, `CREATE TABLE round_${round} (word text)`);
    process.kill(before.postgres, 'SIGKILL');
    process.kill(before.redis, 'SIGKILL');
    await eventually(6_000, async () => {
      await sql(stores.ownerUrl, `SELECT * FROM round_${round}`);
      await redis(stores.redisUrl, (client) => client.ping());
      assert.notEqual(stores.pids().postgres, before.postgres);
      assert.notEqual(stores.pids().redis, before.redis);
    });
  }
});

test('AU14 data that a version with one role made get the role of the server, with few rights', async () => {
  const before = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  await sql(before.ownerUrl, 'DROP ROLE dieu_hanh_server');
  await before.close();
  const stores = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  const [role] = (
    await sql(
      stores.databaseUrl,
      'SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS much FROM pg_roles WHERE rolname = current_user',
    )
  ).rows;
  assert.deepEqual(role, { rolname: 'dieu_hanh_server', much: false });
  await assert.rejects(sql(stores.databaseUrl, 'SET ROLE dieu_hanh'), { code: '42501' });
  // What it was given by hand goes with the next start.
  await sql(stores.ownerUrl, 'ALTER ROLE dieu_hanh_server CREATEROLE');
  await stores.close();
  const after = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  await assert.rejects(sql(after.databaseUrl, 'CREATE ROLE other'), { code: '42501' });
  await after.close();
});

test('a wrong password is refused on both sockets', async (t) => {
  const stores = await startEmbedded({ DATA_DIR: dataDir }, quiet);
  t.after(() => stores.close());
  const wrong = (url: string) => url.replace(/password=.*/, 'password=wrong');
  for (const url of [stores.databaseUrl, stores.ownerUrl])
    await assert.rejects(sql(wrong(url), 'SELECT 1'), /password authentication failed/);
  await assert.rejects(redis(wrong(stores.redisUrl), (client) => client.ping()));
});

test('a missing program and missing data are named in one sentence', async () => {
  const missing = { ...process.env, DH_REDIS_SERVER: '/nowhere/redis-server' };
  await assert.rejects(
    startEmbedded({ DATA_DIR: dataDir }, quiet, missing),
    /Redis could not be started: \/nowhere\/redis-server did not run/,
  );
  const elsewhere = mkdtempSync(join(tmpdir(), 'embedded-'));
  symlinkSync('/nowhere/stores', join(elsewhere, 'stores'));
  await assert.rejects(startEmbedded({ DATA_DIR: elsewhere }, quiet), /points to \/nowhere\/stores, which is gone/);
  assert.ok(!existsSync('/nowhere'));
  rmSync(elsewhere, { recursive: true });
});
