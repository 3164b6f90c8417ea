import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../../support/freePort.ts';
import { findAccount, RootStart, root, runAs, START, whyNoRootStart } from '../../support/RootStart.ts';
import { until } from '../../support/until.ts';

const skip = whyNoRootStart();
let server: RootStart;

before(async () => {
  if (!skip) server = await RootStart.create();
});
after(() => server?.close());

test('RG1 started by root, no process but the supervisor is root’s, and what root alone may read is handed over', {
  skip,
}, async () => {
  const found = server.processes();
  const account = findAccount('dieu-hanh').uid;
  const media = findAccount('dieu-hanh-media').uid;
  const accounts = found.map(({ name, uid }) => [name, uid]);
  for (const [name, uid] of accounts) assert.equal(uid, name === 'mediasoup-worker' ? media : account, String(name));
  for (const name of ['node', 'postgres', 'mediasoup-worker'])
    assert.ok(
      accounts.some(([n]) => n === name),
      `${name} runs`,
    );
  assert.equal(server.said('this supervisor alone stays root'), 1);
  assert.equal(server.said('media workers are not wholly walled in'), 0);
  // The second start, after one whose files are root's.
  await server.stop();
  for (const file of server.secretFiles()) chownSync(file, 0, 0);
  await server.start();
  assert.ok(server.processes().every(({ uid }) => uid === account || uid === media));
});

test('RG2 a worker has no new rights, a filter of system calls, no core dumps, and no secret in its environment', {
  skip,
}, () => {
  const { pid, status } = server.worker() ?? assert.fail('no worker');
  for (const line of ['NoNewPrivs:\t1', 'Seccomp:\t2', 'CapEff:\t0000000000000000', 'CapBnd:\t0000000000000000'])
    assert.ok(status.includes(line), `${line}: ${status}`);
  assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size\s+0\s+0\s/m);
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  assert.deepEqual(names.map((entry) => entry.split('=')[0]).sort(), ['LD_PRELOAD', 'MEDIASOUP_VERSION']);
});

test('RG4 by its account alone a worker reads no keys and stores, changes no code, and signals nobody', {
  skip,
}, () => {
  const account = findAccount('dieu-hanh');
  const media = findAccount('dieu-hanh-media');
  const secrets = [...server.secretFiles(), join(server.dataDir, 'stores/postgres/PG_VERSION')];
  for (const file of secrets) {
    assert.equal(runAs(account, 'cat', file).status, 0, file);
    assert.equal(runAs(media, 'cat', file).status, 1, file);
  }
  for (const who of [account, media]) {
    assert.notEqual(runAs(who, 'cat', server.env.TLS_KEY ?? '').status, 0, 'the key itself is root’s');
    assert.equal(runAs(who, 'test', '-w', join(root, 'server/src/main.ts')).status, 1);
    assert.equal(runAs(who, 'test', '-w', root).status, 1);
  }
  const [main] = server.processes().filter(({ name }) => name === 'node');
  assert.notEqual(runAs(media, 'kill', '-0', String(main?.pid)).status, 0);
  const placed = readFileSync(`/proc/${server.worker()?.pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  const started = join(placed, '../launch/launcher');
  assert.equal(JSON.parse(runAs(account, started, '--tell').stdout).uid, media.uid);
  for (const stranger of [media, { uid: 65_534, gid: 65_534 }])
    assert.notEqual(runAs(stranger, started, '--tell').status, 0);
  for (const file of [placed, join(placed, '../walls.so'), started])
    for (const who of [account, media]) assert.equal(runAs(who, 'test', '-w', file).status, 1, file);
});

test('RG5 a worker that dies is replaced behind the same walls, and none outlives its server', { skip }, async () => {
  const first = server.worker() ?? assert.fail('no worker');
  process.kill(first.pid, 'SIGKILL');
  // It has the name before its walls, which the loader puts up.
  const isWalled = () => server.worker()?.pid !== first.pid && /Seccomp:\t2/.test(server.worker()?.status ?? '');
  await until('another worker, behind walls', isWalled, 20_000);
  const [main] = server.processes();
  const orphan = server.worker()?.pid;
  process.kill(main?.pid ?? 0, 'SIGKILL');
  await until('ready again', () => server.said('ready https') === 2, 30_000);
  await until('the worker of the dead server is gone', () => !existsSync(`/proc/${orphan}`), 10_000);
  const last = server.worker()?.pid;
  await server.stop();
  assert.equal(server.supervisor.exitCode, 0);
  assert.equal(existsSync(`/proc/${last}`), false);
  await server.start();
});

test('RG6 a root that may not change its account, or give files away, says so in one line, and goes on', {
  skip,
}, async () => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const settings = {
    ...server.env,
    DATA_DIR: join(server.folder, 'other'),
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    REDIS_URL: 'redis://127.0.0.1:9',
    PORT: String(ports[0]),
    MEDIA_PORT: String(ports[1]),
    API_PORT: String(ports[2]),
  };
  const why = { setuid: 'this root may not change to another account', chown: '.*(EPERM|Operation not permitted)' };
  for (const [right, reason] of Object.entries(why)) {
    const without = [`--bounding-set=-${right}`, `--inh-caps=-${right}`, process.execPath, START, '--no-set-up'];
    const { stdout, stderr } = spawnSync('setpriv', without, { env: settings, encoding: 'utf8' });
    assert.match(stdout, new RegExp(`rights: EVERYTHING RUNS AS ROOT, since ${reason}`));
    assert.match(stderr, /PostgreSQL at 127\.0\.0\.1:9 does not answer/);
  }
});
