import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { provideLauncher } from '../setup/confinement.mjs';

const env = { MEDIA_LAUNCHER: process.env.MEDIA_LAUNCHER };
const said = await provideLauncher(env, () => undefined);
const skip = whyNot();
const folder = mkdtempSync(join(tmpdir(), 'walls-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function whyNot() {
  if (!env.MEDIA_LAUNCHER) return `SKIPPED: ${said}`;
  const { seccomp } = JSON.parse(spawnSync(env.MEDIA_LAUNCHER, ['--tell'], { encoding: 'utf8' }).stdout);
  return !seccomp && 'SKIPPED: filters of system calls are not permitted here';
}

/** Perl asks the kernel whatever it is told to, and is part of every Debian. */
const perl = '/usr/bin/perl';
/** The text goes in by standard input, since for `-e` Perl opens a file. */
const run = (program, env, text, args) => spawnSync(program, ['-', ...args], { encoding: 'utf8', input: text, env });
const free = (text, ...args) => run(perl, process.env, text, args);
const confined = (text, ...args) =>
  run(env.MEDIA_LAUNCHER, { ...process.env, MEDIASOUP_WORKER_BIN: perl, SECRET: 'a secret' }, text, args);

test('RG3 behind the walls no file is read and none is written, neither a key nor code', { skip }, () => {
  const key = join(folder, 'key.pem');
  writeFileSync(key, 'a key', { mode: 0o600 });
  const read = 'open(F, "<", $ARGV[0]) or die "refused: $!"; print <F>';
  assert.equal(free(read, key).stdout, 'a key');
  const behind = confined(read, key);
  assert.match(behind.stderr, /refused: Permission denied/);
  assert.equal(behind.stdout, '');
  const code = fileURLToPath(import.meta.url);
  const before = readFileSync(code, 'utf8');
  const append = 'open(F, ">>", $ARGV[0]) or die "refused: $!"';
  for (const path of [code, join(folder, 'new')])
    assert.match(confined(append, path).stderr, /refused: Permission denied/);
  assert.equal(readFileSync(code, 'utf8'), before);
  assert.equal(existsSync(join(folder, 'new')), false);
  for (const act of [
    'unlink($ARGV[0])',
    'rename($ARGV[0], "$ARGV[0].x")',
    'chmod(0777, $ARGV[0])',
    'mkdir("$ARGV[0].d")',
  ])
    assert.match(confined(`${act} or die "refused: $!"`, key).stderr, /refused/, act);
  assert.equal(existsSync(key), true);
});

test('RG3 behind the walls nothing is connected to, and only sockets for packets are made', { skip }, () => {
  // Domains 1, 16 and 17 are Unix, netlink and whole packets; of IPv4 a stream is made, but goes nowhere.
  const raw = (domain) => `$fd = syscall($ARGV[0], ${domain}, 1, 0); die "refused: $!" if $fd < 0; print "made"`;
  const socket = process.arch === 'x64' ? '41' : '198';
  assert.equal(confined(raw(2).replace('$ARGV[0]', socket)).stdout, 'made');
  for (const domain of [1, 16, 17])
    assert.match(confined(raw(domain).replace('$ARGV[0]', socket)).stderr, /refused: Operation not permitted/);
  const connect = process.arch === 'x64' ? '42' : '203';
  const call = `$fd = syscall(${socket}, 2, 1, 0); $a = pack("SnNx8", 2, 9, 0x7f000001); syscall(${connect}, $fd, $a, 16) < 0 and die "refused: $!"`;
  assert.match(free(call).stderr, /refused: Connection refused/);
  assert.match(confined(call).stderr, /refused: Permission denied/);
});

test('RG3 behind the walls a first packet that would open a stream is refused as connecting is', { skip }, () => {
  const [socket, sendto] = process.arch === 'x64' ? [41, 44] : [198, 206];
  // MSG_FASTOPEN, to a port where nobody listens.
  const call = `$fd = syscall(${socket}, 2, 1, 0); $a = pack("SnNx8", 2, 9, 0x7f000001); $b = "x";
    syscall(${sendto}, $fd, $b, 1, 0x20000000, $a, 16) < 0 and die "refused: $!"; print "sent"`;
  assert.doesNotMatch(free(call).stderr, /Permission denied/);
  assert.match(confined(call).stderr, /refused: Permission denied/);
});

test('RG3 behind the walls a try at another program, process or right ends the process; memory is never made executable', {
  skip,
}, () => {
  const x64 = process.arch === 'x64';
  const calls = {
    execve: x64 ? 59 : 221,
    ptrace: x64 ? 101 : 117,
    process_vm_readv: x64 ? 310 : 270,
    setuid: x64 ? 105 : 146,
    unshare: x64 ? 272 : 97,
    mount: x64 ? 165 : 40,
    bpf: x64 ? 321 : 280,
    keyctl: x64 ? 250 : 219,
    userfaultfd: x64 ? 323 : 282,
  };
  for (const [name, number] of Object.entries(calls)) {
    const { signal, stdout } = confined(`syscall(${number}, 0, 0, 0, 0, 0, 0); print "went on"`);
    assert.equal(signal, 'SIGSYS', `${name}: ${stdout}`);
  }
  assert.match(confined('defined(fork) or die "refused: $!"').stderr, /refused/);
  assert.match(confined('kill(0, getppid()) or die "refused: $!"').stderr, /refused/);
  const [mmap, ioUring] = x64 ? [9, 425] : [222, 425];
  const map = (rights) =>
    `$m = syscall(${mmap}, 0, 4096, ${rights}, 34, -1, 0); die "refused: $!" if $m == -1; print "mapped"`;
  assert.equal(free(map(7)).stdout, 'mapped');
  assert.equal(confined(map(3)).stdout, 'mapped');
  assert.match(confined(map(7)).stderr, /refused: Operation not permitted/);
  // A ring would do calls that no filter sees.
  assert.match(
    confined(`$p = "\\0" x 120; syscall(${ioUring}, 8, $p) < 0 and die "refused: $!"`).stderr,
    /refused: Function not/,
  );
});

test('RG2 of the caller a confined program has neither environment nor descriptors, and its cores are never written', {
  skip,
}, () => {
  assert.equal(confined('print join(",", sort keys %ENV)').stdout, '');
  const others = 'for (5..63) { print "$_ " if syscall($ARGV[0], $_, 1, 0) >= 0 }';
  const fcntl = process.arch === 'x64' ? '72' : '25';
  assert.equal(confined(others, fcntl).stdout, '');
  const { landlock, seccomp, alone } = JSON.parse(
    spawnSync(env.MEDIA_LAUNCHER, ['--tell'], { encoding: 'utf8' }).stdout,
  );
  assert.equal(typeof landlock, 'number');
  assert.ok(seccomp && alone);
  assert.equal(
    confined('kill(11, $$); syscall($ARGV[0], $$, $$, 6)', process.arch === 'x64' ? '234' : '131').signal,
    'SIGABRT',
  );
});
