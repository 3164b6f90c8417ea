import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { makeAccount, runAs } from '../../../../scripts/setup/accounts.mjs';
import { placePrograms } from '../../../../scripts/setup/programs.mjs';
import { compileProfile, readProfile } from '../../support/callFilter.ts';
import { launcherHere } from '../../support/confined.ts';
import { freePort } from '../../support/freePort.ts';
import { below, root, START, whyNoRootStart } from '../../support/RootStart.ts';
import { until } from '../../support/until.ts';

const unit = readFileSync(join(root, 'deploy/dieu-hanh.service'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'dh-calls-'));
const filter = join(folder, 'filter');
const behind = ['--seccomp-filter', filter];
let supervisor: ChildProcess | undefined;
after(async () => {
  if (supervisor?.exitCode === null) supervisor.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function whyNot(): string | false {
  const why = whyNoRootStart();
  if (why) return why;
  if (spawnSync('gcc', ['--version']).status !== 0) return 'SKIPPED: no compiler here';
  writeFileSync(filter, compileProfile());
  if (spawnSync('setpriv', [...behind, 'true']).status !== 0)
    return 'SKIPPED: setpriv loads no filters of system calls here';
  const reached = spawnSync('setpriv', ['--reuid=65534', '--clear-groups', 'env', 'test', '-r', START]).status === 0;
  return !reached && 'SKIPPED: the checkout lies where no account comes';
}
const skip = whyNot();

test('RG8 the unit and docker-compose.yml permit the same system calls', () => {
  const lines = [...unit.matchAll(/^SystemCallFilter=(.*)$/gm)].flatMap(([, names = '']) => names.split(' '));
  const names = readProfile().syscalls.flatMap((rule) => rule.names);
  // The unit looks into clone3 by RestrictNamespaces; an engine of containers cannot, so that libraries take clone.
  assert.deepEqual([...new Set(lines)].sort(), [...new Set([...names, 'clone3'])].sort());
  assert.match(unit, /^SystemCallErrorNumber=ENOSYS$/m);
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  assert.equal([...compose.matchAll(/"seccomp=\.\/deploy\/seccomp\.json"/g)].length, 2);
});

test('RG8 no call is permitted by which a process reaches another one, the kernel or another view of the machine', () => {
  const names = new Set(readProfile().syscalls.flatMap((rule) => rule.names));
  const never = `ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp bpf perf_event_open userfaultfd io_uring_setup
    io_uring_enter io_uring_register keyctl add_key request_key init_module finit_module delete_module kexec_load mount umount2
    move_mount fsopen open_tree pivot_root chroot unshare setns open_by_handle_at name_to_handle_at reboot swapon swapoff
    settimeofday clock_settime adjtimex iopl ioperm personality memfd_create execveat mknod mknodat quotactl acct syslog`;
  assert.deepEqual(
    never.split(/\s+/).filter((name) => names.has(name)),
    [],
  );
});

test('RG8 behind this list mounts, namespaces, debuggers and sockets of other families are refused', { skip }, () => {
  const refused = (...command: string[]) => spawnSync('setpriv', [...behind, ...command], { encoding: 'utf8' });
  assert.equal(refused('true').status, 0);
  for (const command of [
    ['unshare', '--mount', 'true'],
    ['unshare', '--user', 'true'],
    ['mount', '-t', 'tmpfs', 'none', folder],
    ['nsenter', '--net=/proc/self/ns/net', 'true'],
    ['chroot', '/', 'true'],
  ]) {
    const { status, stderr } = refused(...command);
    assert.notEqual(status, 0, command.join(' '));
    assert.match(stderr, /not implemented/, command.join(' '));
  }
});

test('RG8 a server, its PostgreSQL, its Redis and its media worker start, serve and stop behind this list', {
  skip,
}, async () => {
  const account = makeAccount('dieu-hanh');
  const launcher = (await launcherHere()) ?? assert.fail('no launcher');
  chmodSync(folder, 0o755);
  // As the set-up leaves it for a service: where the account comes, and placed by root.
  const programs = join(folder, 'programs');
  cpSync(dirname(dirname(launcher)), programs, { recursive: true });
  cpSync(process.env.MEDIASOUP_WORKER_BIN ?? assert.fail('no worker'), join(programs, 'mediasoup-worker'));
  spawnSync('chmod', ['-R', 'go+rX', programs]);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o711 });
  chownSync(dataDir, account.uid, account.gid);
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const env = {
    ...process.env,
    ...{ DATA_DIR: dataDir, DATABASE_URL: '', REDIS_URL: '', DEMO: '0', LOG_LEVEL: 'info', MEDIA_WORKERS: '1' },
    ...{ PORT: `${ports[0]}`, MEDIA_PORT: `${ports[1]}`, API_PORT: `${ports[2]}`, DH_NODE: process.execPath },
    ...{ HOME: '/nonexistent', MEDIASOUP_WORKER_BIN: join(programs, 'mediasoup-worker') },
    MEDIA_LAUNCHER: join(programs, 'launch/launcher'),
  };
  placePrograms(env, account, makeAccount('dieu-hanh-media'));
  const [setpriv = '', ...as] = runAs(account);
  const command = [...behind, setpriv, ...as, process.execPath, START, '--no-set-up'];
  const server = spawn('setpriv', command, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  supervisor = server;
  const lines: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = () => server.exitCode !== null;
  await until('ready, or given up', () => lines.some((line) => line.startsWith('ready ')) || ended(), 90_000);
  assert.equal(server.exitCode, null, lines.join('\n'));
  const running = below(server.pid ?? 0);
  for (const name of ['node', 'postgres', 'mediasoup-worker'])
    assert.ok(
      running.some((one) => one.name === name),
      `${name} runs`,
    );
  for (const { name, status } of running) assert.match(status, /^Seccomp:\t2$/m, name);
  const page = await fetch(`http://127.0.0.1:${ports[0]}/`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<!doctype html>/i);
  server.kill('SIGTERM');
  await until('it stopped', ended, 60_000);
  assert.equal(server.exitCode, 0, lines.join('\n'));
  const refused = lines.filter((line) => /ENOSYS|not implemented/.test(line));
  assert.deepEqual(refused, []);
});
