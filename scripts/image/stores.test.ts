import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '../../server/src/config.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { connectRedis } from '../../server/src/store/redis/Redis.ts';
import { freePort } from '../../server/test/support/freePort.ts';
import { loadSfuConfig } from '../../sfu-config/src/index.ts';
import { root } from '../setup/place.mjs';
import { filesOf, readCompose, wrongSettings } from './composeFile.ts';
import { pinned } from './pinned.ts';
import { Stores } from './stores.ts';

const compose = readCompose(pinned());
const { app } = compose.services;
let stores: Stores;
let ports: { postgres: number; redis: number };

before(async () => {
  ports = { postgres: await freePort(), redis: await freePort() };
  stores = await Stores.create(compose, undefined, ports);
});
after(() => stores?.close());

/** A setting of compose as the server gets it, with addresses and files of this machine in place of the container's. */
const here = (name: string, authority = join(stores.project, 'deploy/tls/ca.pem')): string =>
  (app.environment[name] ?? '')
    .replace('@postgres:5432', `@127.0.0.1:${ports.postgres}`)
    .replace('@redis:6379', `@127.0.0.1:${ports.redis}`)
    .replace('/etc/dieu-hanh/stores-ca.pem', authority);

test('ST1 the server of docker-compose.yml reaches both stores over TLS, by certificates that it checks', async () => {
  const config = readConfig({
    DATABASE_URL: here('DATABASE_URL'),
    REDIS_URL: here('REDIS_URL'),
    REDIS_CA: here('REDIS_CA'),
  });
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
    const postgres = await Postgres.create(here(name), () => undefined, 1);
    const [row] = await postgres
      .query<{ ssl: boolean }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
      .finally(() => postgres.close());
    assert.equal(row?.ssl, true, name);
  }
  const redis = await connectRedis(config.REDIS_URL ?? '', () => undefined);
  assert.equal(await redis.ping().finally(() => redis.disconnect()), 'PONG');
});

test('ST1 neither store of docker-compose.yml lets anybody in without TLS', async () => {
  const plain = here('DATABASE_URL').replace(/\?.*/, '?sslmode=disable');
  await assert.rejects(Postgres.create(plain, () => undefined, 1));
  const closed = await new Promise<boolean>((resolve) => {
    const socket = connect(ports.redis, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.on('data', (data) =>
      resolve(!data.toString('latin1').includes('PONG') && !data.toString('latin1').includes('NOAUTH')),
    );
    socket.on('error', () => resolve(true));
    socket.on('close', () => resolve(true));
  });
  assert.ok(closed, 'Redis answers nothing in plain text');
});

test('ST1 a store with a certificate of another authority is not believed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dh-ca-'));
  const other = join(folder, 'ca.pem');
  const { status } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=other'],
    ...['-keyout', join(folder, 'key'), '-out', other],
  ]);
  assert.equal(status, 0);
  try {
    await assert.rejects(Postgres.create(here('DATABASE_URL', other), () => undefined, 1));
    const { REDIS_URL = '' } = readConfig({ REDIS_URL: here('REDIS_URL'), REDIS_CA: other });
    await assert.rejects(connectRedis(REDIS_URL, () => undefined));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the settings of the media server come from a file of the operator, with the profile `national` too', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'dh-sfu-'));
  const mine = join(folder, 'sfu.yaml');
  writeFileSync(mine, 'profile: national\n');
  for (const [named, profile] of [
    [undefined, 'single'],
    [mine, 'national'],
  ] as const) {
    const read = readCompose({ ...pinned(), ...(named && { SFU_CONFIG: named }) });
    assert.deepEqual(wrongSettings(read, dockerfile), []);
    for (const service of [read.services.app, read.services.node]) {
      const source = filesOf(service).get(service.environment.SFU_CONFIG ?? '') ?? assert.fail('no such file inside');
      assert.equal(loadSfuConfig(resolve(root, source)).profile, profile);
    }
  }
  rmSync(folder, { recursive: true });
});
