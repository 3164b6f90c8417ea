import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logs, makeFolder, root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';

const reporter = fileURLToPath(new URL('./reporter.mjs', import.meta.url));

/**
 * Runs the test files of a stage, each in a process group of its own with a limit, so that a file that hangs is a failure with a name.
 * @param {{ node: string, env: NodeJS.ProcessEnv, folders: string[], limitMs: number, atOnce: number, on?: string }} options `on`: where they
 *   run, when the same files run twice
 * @param {import('./Tally.mjs').Tally} tally
 */
export async function nodeTests({ node, env, folders, limitMs, atOnce, on = '' }, tally) {
  const files = folders.flatMap(testFiles).sort();
  if (files.length === 0) say(`no test files in ${folders.join(', ')}`);
  const queue = [...files.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      await runFile(next[1], `${next[0] + 1}/${files.length}`, { node, env, limitMs, on }, tally);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function testFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true });
  return names
    .filter((name) => /\.test\.(ts|mjs)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

async function runFile(file, place, { node, env, limitMs, on }, tally) {
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
  const tests = parse(results);
  for (const test of tests)
    tally.add(`${relative('server', file)}${on && ` on ${on}`}: ${test.name}`, test.outcome, test.why);
  const failed = tests.some((test) => test.outcome === 'failed');
  if (late) tally.add(`${file}: ends within ${limitMs / 1000} s`, 'failed', `it was stopped; see ${log}`);
  else if (status !== 0 && !failed) tally.add(`${file}: ends well`, 'failed', `it ended with ${status}; see ${log}`);
  const passed = tests.filter((test) => test.outcome === 'passed').length;
  say(`  ${place} ${file}: ${passed} of ${tests.length} passed (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  if (failed || late || status !== 0)
    console.log(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-60).join('\n'));
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
