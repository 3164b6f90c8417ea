import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { logs, root } from '../setup/place.mjs';
import { runFile } from './runFile.mjs';

/** Runs this source as a test file, quietly. */
async function ran(t, source, limitMs, more = {}) {
  t.mock.method(console, 'log', () => {});
  const folder = mkdtempSync(join(tmpdir(), 'dh-runfile-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'some.test.mjs');
  writeFileSync(file, `import { after, test } from 'node:test';\n${source}`);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = await runFile(relative(root, file), { node: process.execPath, env, limitMs, place: '1/1', ...more });
  const left = (end) => join(logs, `${relative(root, file).replaceAll('/', '_')}${end}`);
  t.after(() => {
    for (const end of ['.log', '.results', '.hang.json']) rmSync(left(end), { force: true });
  });
  return { run, hang: left('.hang.json') };
}
const outcomes = (run) => run.tests.map(({ name, outcome }) => `${outcome} ${name.split(': ').at(-1)}`);

test('each test is told with its outcome and its time, and what the file took', async (t) => {
  const source = `test('good', () => {}); test('bad', () => { throw new Error('so it is'); }); test('left out', { skip: 'why' }, () => {});`;
  const { run } = await ran(t, source, 60_000);
  assert.deepEqual(outcomes(run), ['passed good', 'failed bad', 'skipped left out']);
  assert.equal(run.tests[1].why, 'so it is');
  assert.ok(run.failed && run.cpuSeconds > 0 && run.tests.every(({ ms }) => ms >= 0));
});

test('a file of a stage that runs beside others gives way to them', async (t) => {
  const source = `import { getPriority } from 'node:os'; test('as ' + getPriority(), () => {});`;
  const as = async (gentle) =>
    Number(
      outcomes((await ran(t, source, 60_000, { gentle })).run)[0]
        .split(' ')
        .at(-1),
    );
  assert.equal((await as(true)) - (await as(false)), 5);
});

test('a file that dies without a word is a failure', async (t) => {
  const { run } = await ran(t, `test('good', () => {}); after(() => process.kill(process.pid, 'SIGKILL'));`, 60_000);
  assert.ok(run.failed);
  assert.match(outcomes(run).at(-1), /failed ends well/);
});

test('a test that hangs fails by its name, and a file that hangs leaves what it waited for', async (t) => {
  const { run, hang } = await ran(
    t,
    `test('waits in vain', () => new Promise(() => setInterval(() => {}, 1000)));`,
    5_000,
  );
  assert.deepEqual(outcomes(run), ['failed waits in vain', 'failed ends within 5 s']);
  assert.match(run.tests[0].why, /timed out/);
  assert.ok(existsSync(hang));
  assert.ok(JSON.parse(readFileSync(hang, 'utf8')).libuv.some(({ type, is_active }) => type === 'timer' && is_active));
});
