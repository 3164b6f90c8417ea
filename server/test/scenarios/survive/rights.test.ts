import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { handedFolder } from '../../../../scripts/setup/handFiles.mjs';
import { localCertificate } from '../../../src/edge/sharedPort/LocalAuthority.ts';
import { launcherHere } from '../../support/confined.ts';
import { freePort } from '../../support/freePort.ts';
import { until } from '../../support/until.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const START = join(root, 'scripts/start.mjs');
const launcher = await launcherHere();
const skip = whyNot();

const folder = mkdtempSync(join(tmpdir(), 'dh-rights-'));
const dataDir = join(folder, 'data');
const lines: string[] = [];
const said = (text: string) => lines.filter((line) => line.includes(text)).length;
let env: NodeJS.ProcessEnv;
let supervisor: ChildProcess;

function whyNot(): string | false {
  if (process.getuid?.() !== 0) return 'SKIPPED: needs root';
  if (!launcher) return 'SKIPPED: no compiler here';
  const told = spawnSync(launcher, ['--tell'], { encoding: 'utf8' }).stdout;
  if (!told.includes('"seccomp":true')) return 'SKIPPED: filters of system calls are not permitted here';
  const args = ['--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all', 'true'];
  if (spawnSync('setpriv', args).status !== 0) return 'SKIPPED: this root may not change to another account';
  const { status } = spawnSync('test', ['-x', process.execPath], { uid: 65_534, gid: 65_534, cwd: '/' });
  if (status === 0 || spawnSync('unshare', ['--mount', '--propagation', 'unchanged', 'true']).status === 0)
    return false;
  return 'SKIPPED: the checkout lies where no account comes, and this root may not mount';
}

function findAccount(name: string): { uid: number; gid: number } {
  const [uid = 0, gid = 0] = ['-u', '-g'].map((which) =>
    Number(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout),
  );
  assert.ok(uid > 0 && gid > 0, `${name} is an account`);
  return { uid, gid };
}

async function start(): Promise<void> {
  lines.length = 0;
  supervisor = spawn(process.execPath, [START, '--no-set-up'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (supervisor.stdout) createInterface({ input: supervisor.stdout }).on('line', (line) => lines.push(line));
  await until('ready, or given up', () => said('ready https') === 1 || supervisor.exitCode !== null, 60_000);
  assert.equal(supervisor.exitCode, null, lines.join('\n'));
}

const stop = async () => {
  supervisor.kill('SIGTERM');
  await until('the supervisor ended', () => supervisor.exitCode !== null || supervisor.signalCode !== null, 30_000);
};

before(async () => {
  if (skip) return;
  chmodSync(folder, 0o711);
  // As an operator has them: in a folder that is closed to all but root.
  const closed = join(folder, 'closed');
  const { cert, key } = await localCertificate(closed, { must: ['localhost'], all: ['localhost'] });
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(ports[0]),
    MEDIA_PORT: String(ports[1]),
    API_PORT: String(ports[2]),
    MEDIA_WORKERS: '1',
    DEMO: '0',
    LOG_LEVEL: 'warn',
    TLS_CERT: cert,
    TLS_KEY: key,
    DATABASE_URL: '',
    REDIS_URL: '',
    DH_NODE: process.execPath,
    MEDIA_LAUNCHER: launcher,
  };
  await start();
});

after(async () => {
  if (!skip) await stop();
  const stores = join(dataDir, 'stores');
  if (existsSync(stores)) rmSync(realpathSync(stores), { recursive: true, force: true });
  for (const place of [folder, handedFolder(dataDir)]) rmSync(place, { recursive: true, force: true });
});

interface Running {
  readonly pid: number;
  readonly name: string;
  readonly uid: number;
  readonly status: string;
}

function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return 'gone';
  }
}

/** The supervisor's children, theirs, and so on. */
function below(pid: number): Running[] {
  const all = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const read = (entry: string) => {
    try {
      return [{ pid: Number(entry), status: readFileSync(`/proc/${entry}/status`, 'utf8') }];
    } catch {
      return []; // it ended while we looked
    }
  };
  const field = (status: string, name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const running = all.flatMap(read);
  const childrenOf = (parent: number): Running[] =>
    running
      .filter(({ status }) => field(status, 'PPid') === String(parent))
      .flatMap((one) => [
        { ...one, name: programOf(one.pid), uid: Number(field(one.status, 'Uid')) },
        ...childrenOf(one.pid),
      ]);
  return childrenOf(pid);
}

const secretFiles = () => {
  const files = readdirSync(dataDir).filter((name) => name.endsWith('.json'));
  assert.ok(files.includes('stores.secret.json'));
  return files.map((name) => join(dataDir, name));
};
const processes = () => below(supervisor.pid ?? 0);
const worker = () => processes().find(({ name }) => name === 'mediasoup-worker');

test('RG1 started by root, no process but the supervisor is root’s, and what root alone may read is handed over', {
  skip,
}, async () => {
  const found = processes();
  const server = findAccount('dieu-hanh').uid;
  const media = findAccount('dieu-hanh-media').uid;
  const accounts = found.map(({ name, uid }) => [name, uid]);
  for (const [name, uid] of accounts) assert.equal(uid, name === 'mediasoup-worker' ? media : server, String(name));
  for (const name of ['node', 'postgres', 'mediasoup-worker'])
    assert.ok(
      accounts.some(([n]) => n === name),
      `${name} runs`,
    );
  assert.equal(said('this supervisor alone stays root'), 1);
  assert.equal(said('media workers are not wholly walled in'), 0);
  // The second start, after one whose files are root's.
  await stop();
  for (const file of secretFiles()) chownSync(file, 0, 0);
  await start();
  assert.ok(processes().every(({ uid }) => uid === server || uid === media));
});

test('RG2 a worker has no new rights, a filter of system calls, no core dumps, and no secret in its environment', {
  skip,
}, () => {
  const { pid, status } = worker() ?? assert.fail('no worker');
  for (const line of ['NoNewPrivs:\t1', 'Seccomp:\t2', 'CapEff:\t0000000000000000', 'CapBnd:\t0000000000000000'])
    assert.ok(status.includes(line), `${line}: ${status}`);
  assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size\s+0\s+0\s/m);
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  assert.deepEqual(names.map((entry) => entry.split('=')[0]).sort(), ['LD_PRELOAD', 'MEDIASOUP_VERSION']);
});

test('RG4 by its account alone a worker reads no keys and stores, changes no code, and signals nobody', {
  skip,
}, () => {
  const server = findAccount('dieu-hanh');
  const media = findAccount('dieu-hanh-media');
  const as = (account: typeof server, program: string, ...args: string[]) =>
    spawnSync(program, args, { ...account, cwd: '/', encoding: 'utf8' });
  const secrets = [...secretFiles(), join(dataDir, 'stores/postgres/PG_VERSION')];
  for (const file of secrets) {
    assert.equal(as(server, 'cat', file).status, 0, file);
    assert.equal(as(media, 'cat', file).status, 1, file);
  }
  for (const account of [server, media]) {
    assert.notEqual(as(account, 'cat', env.TLS_KEY ?? '').status, 0, 'the key itself is root’s');
    assert.equal(as(account, 'test', '-w', join(root, 'server/src/main.ts')).status, 1);
    assert.equal(as(account, 'test', '-w', root).status, 1);
  }
  const [main] = processes().filter(({ name }) => name === 'node');
  assert.notEqual(as(media, 'kill', '-0', String(main?.pid)).status, 0);
  const placed = readFileSync(`/proc/${worker()?.pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  const started = join(placed, '../launch/launcher');
  assert.equal(JSON.parse(as(server, started, '--tell').stdout).uid, media.uid);
  for (const stranger of [media, { uid: 65_534, gid: 65_534 }])
    assert.equal(as(stranger, started, '--tell').status, null);
  for (const file of [placed, join(placed, '../walls.so'), started])
    for (const account of [server, media]) assert.equal(as(account, 'test', '-w', file).status, 1, file);
});

test('RG5 a worker that dies is replaced behind the same walls, and none outlives its server', { skip }, async () => {
  const first = worker() ?? assert.fail('no worker');
  process.kill(first.pid, 'SIGKILL');
  // It has the name before its walls, which the loader puts up.
  const isWalled = () => worker()?.pid !== first.pid && /Seccomp:\t2/.test(worker()?.status ?? '');
  await until('another worker, behind walls', isWalled, 20_000);
  const [server] = processes();
  const orphan = worker()?.pid;
  process.kill(server?.pid ?? 0, 'SIGKILL');
  await until('ready again', () => said('ready https') === 2, 30_000);
  await until('the worker of the dead server is gone', () => !existsSync(`/proc/${orphan}`), 10_000);
  const last = worker()?.pid;
  await stop();
  assert.equal(supervisor.exitCode, 0);
  assert.equal(existsSync(`/proc/${last}`), false);
  await start();
});

test('RG6 a root that may not change its account, or give files away, says so in one line, and goes on', {
  skip,
}, async () => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const settings = {
    ...env,
    DATA_DIR: join(folder, 'other'),
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
