import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import { type Condition, Conditions, FINE, type Finding, warning } from '../Conditions.ts';
import { Health } from '../health.ts';
import { createLogger } from '../logger.ts';
import { clockKept } from './clock.ts';
import { FILES_WANTED, freeDisk, freeRoom, openFiles, socketBuffers } from './limits.ts';

const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             63432                63432                processes
Max open files            ${soft.padEnd(20)} 1048576              files
`;
const says = (finding: Finding) => (finding.state === 'fine' ? 'fine' : `${finding.state} ${finding.says}`);

test('SV11 too few open files for all devices', () => {
  assert.match(says(openFiles(limits('1024'))), /^warning 1024 files may be open at once/);
  assert.deepEqual(openFiles(limits(String(FILES_WANTED))), FINE);
  assert.deepEqual(openFiles(limits('unlimited')), FINE);
  assert.match(says(openFiles('')), /^unknown/);
});

test('SV11 buffers of the kernel that are smaller than what the workers ask for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-limits-'));
  const wanted = { rmem_max: 4_000_000, wmem_max: 4_000_000 };
  assert.match(says(await socketBuffers(wanted, folder)), /^unknown .*rmem_max/);
  await writeFile(join(folder, 'rmem_max'), '4194304\n');
  await writeFile(join(folder, 'wmem_max'), '212992\n');
  assert.match(
    says(await socketBuffers(wanted, folder)),
    /^warning .*sysctl -w net\.core\.wmem_max=4000000 \(it is 212992\)$/,
  );
  await writeFile(join(folder, 'wmem_max'), '4000000\n');
  assert.deepEqual(await socketBuffers(wanted, folder), FINE);
  await rm(folder, { recursive: true });
});

test('SV11 a disk that is nearly full, and one that is there', async () => {
  assert.match(says(freeRoom('/data', 500 * 2 ** 20)), /^warning 500 MiB are free on the disk of \/data/);
  assert.deepEqual(freeRoom('/data', 2 * 2 ** 30), FINE);
  assert.match(says(await freeDisk(tmpdir())), /^fine$|MiB are free on the disk/);
});

test('SV11 a clock that nobody keeps, that differs from that of PostgreSQL, or of which nothing is known', async () => {
  const by = (answers: Record<string, string>) => (command: readonly string[]) =>
    Promise.resolve(answers[command[0] ?? '']);
  const leap = (text: string) => `Stratum         : 3\nLeap status     : ${text}\n`;
  const table: [Record<string, string>, RegExp][] = [
    [{ timedatectl: 'yes\n' }, /^fine$/],
    [{ timedatectl: 'no\n' }, /^warning timedatectl says that no time server/],
    [{ timedatectl: '', chronyc: leap('Normal') }, /^fine$/],
    [{ chronyc: leap('Not synchronised') }, /^warning chronyc says/],
    [{ chronyc: '506 Cannot talk to daemon' }, /^unknown nothing here says/],
    [{}, /^unknown nothing here says/],
  ];
  for (const [answers, expected] of table) assert.match(says(await clockKept(0, by(answers))), expected);
  assert.match(says(await clockKept(-3_000, by({ timedatectl: 'yes' }))), /^warning .* 3\.0 s apart/);
  assert.match(says(await clockKept(0)), /^(fine|warning|unknown)/, 'whatever this machine has, it is asked');
});

test('SV11 a finding is logged when it changes, and stands in the metrics and beside readiness', async () => {
  const lines: string[] = [];
  const registry = new Registry();
  let finding: Finding = warning('too few');
  const all: Condition[] = [
    { name: 'files', look: () => finding },
    { name: 'broken', look: () => Promise.reject(new Error('nobody answers')) },
  ];
  const conditions = new Conditions(all, createLogger('info', { write: (line) => void lines.push(line) }), registry);
  const health = new Health();
  health.describe(() => conditions.said);
  await conditions.look();
  await conditions.look();
  assert.deepEqual(await health.check(), {
    ready: true,
    checks: {},
    conditions: { files: 'warning: too few', broken: 'unknown: nobody answers' },
  });
  assert.match(await registry.metrics(), /dh_condition\{condition="files"\} 0\n/);
  assert.match(await registry.metrics(), /dh_condition\{condition="broken"\} -1\n/);
  finding = FINE;
  await conditions.look();
  assert.deepEqual((await health.check()).conditions?.files, 'ok');
  assert.match(await registry.metrics(), /dh_condition\{condition="files"\} 1\n/);
  const told = lines.map((line) => JSON.parse(line)).map(({ level, condition, msg }) => [level, condition, msg]);
  assert.deepEqual(told, [
    ['warn', 'files', 'too few'],
    ['info', 'broken', 'nobody answers'],
    ['info', 'files', 'this is mended'],
  ]);
});
