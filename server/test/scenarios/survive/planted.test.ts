import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { environmentOf, findAccount, RootStart, runAs, whyNoRootStart } from '../../support/RootStart.ts';

const skip = whyNoRootStart();
let server: RootStart;

before(async () => {
  if (!skip) server = await RootStart.create();
});
after(() => server?.close());

/** Each path from the root of the file system down to this one. */
const downTo = (path: string): string[] => (path === '/' ? ['/'] : [...downTo(dirname(path)), path]);

/** Paths that a start executes: the folder of compiled code with its entries, and every file mapped as a program. */
function executed(): string[] {
  const running = server.processes();
  const compiled = environmentOf(server.main().pid).NODE_COMPILE_CACHE;
  const entries = compiled ? readdirSync(compiled, { recursive: true, encoding: 'utf8' }) : [];
  const mapped = running.flatMap(({ pid }) =>
    readFileSync(`/proc/${pid}/maps`, 'utf8')
      .split('\n')
      .map((line) => /^\S+ ..x. \S+ \S+ [1-9]\d*\s+(\/.*)$/.exec(line)?.[1] ?? '')
      .filter((path) => path !== '' && !path.endsWith(' (deleted)')),
  );
  const paths = [...(compiled ? [compiled] : []), ...entries.map((entry) => join(compiled ?? '', entry)), ...mapped];
  return [...new Set(paths.flatMap(downTo))];
}

test('RG4 the server’s account cannot write, replace or own anything that a start executes', { skip }, () => {
  const account = findAccount('dieu-hanh');
  const paths = executed().filter((path) => existsSync(path));
  // A folder that everybody may write, like /tmp, holds what is root's: its sticky bit keeps others from replacing it.
  const sticky = (path: string) => (statSync(path).mode & 0o1000) !== 0;
  const script = 'for path; do if [ -w "$path" ] || [ -O "$path" ]; then echo "$path"; fi; done';
  const { stdout, status } = runAs(account, 'sh', '-c', script, 'sh', ...paths);
  assert.equal(status, 0);
  assert.deepEqual(
    stdout.split('\n').filter((path) => path !== '' && !sticky(path)),
    [],
  );
});

test('RG4 what an earlier version compiled into DATA_DIR is neither run nor kept', { skip }, async () => {
  await server.stop();
  const old = join(server.dataDir, 'compiled');
  mkdirSync(join(old, 'v24'), { recursive: true });
  writeFileSync(join(old, 'v24/planted.cache'), 'planted');
  await server.start();
  assert.equal(existsSync(old), false);
  assert.ok(!environmentOf(server.main().pid).NODE_COMPILE_CACHE?.startsWith(server.dataDir));
});

test('RG4 the next start reads the code that root compiled, under the number of the account', { skip }, async () => {
  const { NODE_COMPILE_CACHE = '' } = environmentOf(server.main().pid);
  const script = "console.log(require('node:module').getCompileCacheDir())";
  const told = runAs(
    findAccount('dieu-hanh'),
    'env',
    `NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE}`,
    process.execPath,
    '-e',
    script,
  );
  const folder = told.stdout.trim();
  assert.equal(dirname(folder), NODE_COMPILE_CACHE);
  assert.ok(readdirSync(folder).length > 500, folder);
});
