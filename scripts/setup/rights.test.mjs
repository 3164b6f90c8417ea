import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unwatchFile,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPlace, PLACE, runAs } from './accounts.mjs';
import { groupOf, handFiles, removeOldCopies } from './handFiles.mjs';
import { reach } from './reach.mjs';
import { wantsLowPorts } from './rights.mjs';

const nobody = { uid: 65_534, gid: 65_534 };
const as = runAs(nobody);
const run = ([program, ...args], ...command) =>
  spawnSync(program, [...args, ...command], { encoding: 'utf8', cwd: '/' });
const mayChange = process.getuid() === 0 && run(as, 'true').status === 0;
const skip = !mayChange && 'SKIPPED: needs root that may change to another account';
const mayMount = mayChange && run(['unshare', '--mount', '--propagation', 'unchanged'], 'true').status === 0;
const folder = mkdtempSync(join(tmpdir(), 'rights-'));
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));

test('RG1 an account reaches code in a folder that is closed to it, read-only, its data there, and nothing else', {
  skip: skip || (!mayMount && 'SKIPPED: this machine permits no view of the files of its own'),
}, () => {
  const home = join(folder, 'home');
  const [code, data] = [join(home, 'code'), join(home, 'code/data')];
  mkdirSync(data, { recursive: true });
  chmodSync(data, 0o777);
  for (const file of [join(code, 'main'), join(home, 'private')]) writeFileSync(file, 'text');
  const needs = [
    { path: code, test: 'x' },
    { path: join(code, 'main'), test: 'r' },
    { path: data, test: 'w', writes: true },
  ];
  assert.deepEqual(reach(as, needs), [], 'nothing is needed where it reaches them anyway');
  chmodSync(home, 0o700);
  const before = readFileSync('/proc/self/mountinfo', 'utf8');
  const inside = [...reach(as, needs), ...as];
  assert.equal(run(as, 'cat', join(code, 'main')).status, 1);
  assert.equal(run(inside, 'cat', join(code, 'main')).stdout, 'text');
  assert.match(run(inside, 'cat', join(home, 'private')).stderr, /No such file/);
  assert.equal(run(inside, 'touch', join(data, 'new')).status, 0);
  assert.equal(statSync(join(data, 'new')).uid, nobody.uid);
  const root = [...reach(as, needs)];
  assert.match(
    run(root, 'touch', join(code, 'main')).stderr,
    /Read-only file system/,
    'not even root changes it there',
  );
  assert.equal(readFileSync('/proc/self/mountinfo', 'utf8'), before, 'and nobody else sees any of it');
});

test('RG1 LC6 the right to open ports below 1024 is kept for those that are wanted alone, port 80 of a proof among them', () => {
  const table = [
    [{}, false],
    [{ PORT: '8443', API_PORT: '8444' }, false],
    [{ PORT: '443' }, true],
    [{ API_PORT: '81' }, true],
    [{ PORT: '8443', ACME_DIRECTORY: 'https://acme.example/dir' }, true],
    [{ PORT: '8443', ACME_DIRECTORY: 'https://acme.example/dir', ACME_HTTP_PORT: '8080' }, false],
    [{ PORT: '8443', ACME_HTTP_PORT: '80' }, false],
  ];
  for (const [env, expected] of table) assert.equal(wantsLowPorts(env), expected, JSON.stringify(env));
});

test('RG7 what lies in the data of the account is never handed to it: it could be a link to a file of root’s', {
  skip,
}, () => {
  const data = mkdtempSync(join(folder, 'own-'));
  symlinkSync('/etc/shadow', join(data, 'key.pem'));
  const env = { DATA_DIR: data, TLS_KEY: join(data, 'key.pem') };
  assert.deepEqual(
    handFiles(env, nobody.gid, () => false),
    { settings: {}, descriptors: [] },
  );
});

test('RG7 a key that root alone may read comes as an open file without a name, and again when it is renewed', {
  skip,
}, async () => {
  const key = join(folder, 'key.pem');
  writeFileSync(key, 'first, and longer', { mode: 0o600 });
  const mayRead = (path) => run(as, 'test', '-r', path).status === 0;
  mkdirSync(join(folder, 'data'));
  const env = {
    DATA_DIR: join(folder, 'data'),
    TLS_KEY: key,
    TLS_CERT: join(folder, 'missing'),
    SFU_CONFIG: '/etc/hostname',
  };
  const group = groupOf(env.DATA_DIR);
  const own = runAs(nobody, { group });
  const { settings, descriptors } = handFiles(env, group, mayRead, 20);
  /** As the server gets it, or somebody else who found it in /proc. */
  const stdio = ['ignore', 'pipe', 'pipe', 'ignore', ...descriptors];
  const read = ([program, ...args], path) =>
    spawnSync(program, [...args, 'cat', path], { encoding: 'utf8', cwd: '/', stdio });
  try {
    // What is readable stays where it is, what is missing is not hidden.
    assert.deepEqual(settings, { TLS_KEY: '/proc/self/fd/4' });
    assert.equal(fstatSync(descriptors[0]).nlink, 0, 'it has no name');
    assert.equal(read(own, settings.TLS_KEY).stdout, 'first, and longer');
    assert.match(read(as, settings.TLS_KEY).stderr, /Permission denied/, 'the account alone does not do');
    assert.match(read(runAs({ uid: 65_533, gid: 65_533 }), settings.TLS_KEY).stderr, /Permission denied/);
    writeFileSync(key, 'second');
    for (let tries = 0; read(own, settings.TLS_KEY).stdout !== 'second'; tries++) {
      assert.ok(tries < 500, 'the renewed key came');
      await sleep(20);
    }
  } finally {
    unwatchFile(key);
    for (const descriptor of descriptors) closeSync(descriptor);
  }
});

test('RG7 two installations have groups that no system gives, and not the same', () => {
  const groups = ['/var/lib/one', '/var/lib/two'].map(groupOf);
  assert.notEqual(groups[0], groups[1]);
  for (const group of groups) assert.ok(group >= 1_879_048_192 && group < 2_147_352_576, String(group));
});

test('RG7 copies of earlier versions go, but for those that a running server still names', {
  skip: process.getuid() !== 0 && 'SKIPPED: needs root',
}, async () => {
  const [left, used] = [1, 2].map(() => join(PLACE, `handed-${randomBytes(8).toString('hex')}`));
  openPlace(PLACE, 0o711);
  for (const path of [left, used]) {
    mkdirSync(path);
    writeFileSync(join(path, 'TLS_KEY'), 'key');
  }
  const server = spawn('sleep', ['600'], { env: { TLS_KEY: join(used, 'TLS_KEY'), PATH: process.env.PATH } });
  try {
    await once(server, 'spawn');
    removeOldCopies();
    assert.equal(existsSync(left), false);
    assert.equal(existsSync(used), true);
  } finally {
    const gone = once(server, 'exit');
    server.kill();
    await gone;
  }
  removeOldCopies();
  assert.equal(existsSync(used), false);
});
