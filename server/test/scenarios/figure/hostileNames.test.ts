import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../support/askByName.ts', import.meta.url));
/** Addresses that lead to this machine in there: of the public internet, and of networks that nobody named. */
const SET_UP = `set -e; ip link set lo up
for address in 8.8.4.4/32 10.9.9.9/32 169.254.169.254/32 2400:cb00::44/128 fd00::9/128; do ip addr add $address dev lo nodad 2>/dev/null ||
  ip addr add $address dev lo; done
mount --bind "$1/resolv.conf" /etc/resolv.conf; mount --bind "$1/hosts" /etc/hosts; shift; exec "$@"`;
const ROOM = process.getuid?.() === 0 ? ['--net', '--mount'] : ['--user', '--map-root-user', '--net', '--mount'];

interface Told {
  readonly name: string;
  readonly outcome: string;
  readonly looks: number;
  readonly reached: readonly string[];
}
let told: readonly Told[] = [];
let refused: string | undefined;
before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-names-'));
  await writeFile(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:2 attempts:1\n');
  await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\n');
  const inside = (...command: string[]) => {
    const args = [...ROOM, 'sh', '-c', SET_UP, 'sh', folder, ...command];
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
    return spawnSync('unshare', args, { env, encoding: 'utf8' });
  };
  if (inside('true').status !== 0) refused = 'SKIPPED: needs network and mount namespaces, and iproute2';
  else {
    const { stdout, stderr, status } = inside(process.execPath, PROGRAM);
    assert.equal(status, 0, stderr);
    told = stdout
      .trim()
      .split('\n')
      .map((line): Told => JSON.parse(line));
  }
  await rm(folder, { recursive: true });
});
const of = (name: string): Told[] => told.filter((one) => one.name === name);

test('FG63 a name is asked by the look at it that was made, also when it leads elsewhere at the next', (t) => {
  if (refused) return t.skip(refused);
  assert.deepEqual(of('public.test'), [
    { name: 'public.test', outcome: 'body', looks: 1, reached: ['::ffff:8.8.4.4'] },
  ]);
  assert.deepEqual(
    of('rebound.test').map(({ outcome, looks, reached }) => [outcome, looks, reached]),
    [
      ['body', 1, ['::ffff:8.8.4.4']],
      ['address', 1, []],
    ],
  );
  for (const name of ['six.test', 'alias.test']) assert.equal(of(name)[0]?.outcome, 'body', name);
});

test('FG63 a name that leads inwards, by any of its addresses and in whatever clothes, is not connected to', (t) => {
  if (refused) return t.skip(refused);
  for (const name of [
    ...['both.test', 'last-of-many.test', 'mapped.test', 'mapped-beside.test', 'loopback-six.test', 'translated.test'],
    ...['unique-local.test', 'alias-inwards.test'],
  ])
    assert.deepEqual(
      of(name).map(({ outcome, reached }) => [outcome, reached]),
      [['address', []]],
      name,
    );
});

test('FG63 a name that goes round in circles, leads nowhere or is not answered is let go of', (t) => {
  if (refused) return t.skip(refused);
  const outcomes = ['circle.test', 'nothing.test', 'silent.test'].map((name) => of(name)[0]?.outcome);
  assert.deepEqual(outcomes, ['unreachable', 'unreachable', 'slow']);
  assert.ok(told.every(({ reached }) => reached.every((address) => /8\.8\.|2400:/.test(address))));
});
