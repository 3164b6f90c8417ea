import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logs, makeFolder, root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';

const reporter = fileURLToPath(new URL('./reporter.mjs', import.meta.url));

/**
 * Runs the test files of a stage, each in a process group of its own with a limit, so that a file that hangs is a failure with a name.
 * @param {{ node: string, env: NodeJS.ProcessEnv, folders: string[], limitMs: number, atOnce: number, on?: string, again?: boolean }} options `on`:
 *   where they run, when the same files run twice; `again`: what failed may run a second time, alone, which the tally says
 * @param {import('./Tally.mjs').Tally} tally
 */
export async function nodeTests({ node, env, folders, limitMs, atOnce, on = '', again = false }, tally) {
  const files = folders.flatMap(testFiles).sort();
  if (files.length === 0) say(`no test files in ${folders.join(', ')}`);
  const options = { node, env, limitMs, on };
  const queue = [...files.entries()];
  const failed = [];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [i, file] = next;
      const run = await runFile(file, `${i + 1}/${files.length}`, options);
      if (again && run.failed) failed.push({ file, first: run });
      else tally.take(run.tests);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  for (const { file, first } of failed) {
    const second = await runFile(file, 'again', options);
    tally.take(second.tests);
    if (!second.failed)
      for (const test of first.tests) if (test.outcome === 'failed') tally.add(test.name, 'again', test.why);
  }
}

function testFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true });
  return names
    .filter((name) => /\.test\.(ts|mjs)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

/** @returns each test of the file with its outcome, and whether something failed */
async function runFile(file, place, { node, env, limitMs, on }) {
  const name = `${file}${on && `_on_${on}`}`.replaceAll(/[/ ()]/g, '_');
  const results = join(makeFolder(logs), `${name}.results`);
  const log = join(logs, `${name}.log`);
  rmSync(results, { force: true });
  const fd = openSync(log, 'w');
  const begin = performance.now();
  const args = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${results}`,
  ];
  const child = spawn(node, [...args, join(root, file)], { cwd: root, env, detached: true, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, limitMs);
  const status = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(limit);
  endGroup(child.pid); // what the file left behind
  const tests = parse(results).map((test) => ({
    ...test,
    name: `${relative('server', file)}${on && ` on ${on}`}: ${test.name}`,
  }));
  const { length } = tests;
  const passed = tests.filter((test) => test.outcome === 'passed').length;
  const fail = (name, why) => tests.push({ name: `${file}: ${name}`, outcome: 'failed', why: `${why}; see ${log}` });
  if (late) fail(`ends within ${limitMs / 1000} s`, 'it was stopped');
  else if (status !== 0 && !tests.some((test) => test.outcome === 'failed'))
    fail('ends well', `it ended with ${status}`);
  const failed = tests.some((test) => test.outcome === 'failed');
  say(`  ${place} ${file}: ${passed} of ${length} passed (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  if (failed) console.log(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-60).join('\n'));
  return { tests, failed };
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
}

function parse(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return []; // the file died before it had run a test
  }
}
