import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { logs, makeFolder, root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { gently } from './gently.mjs';

const reporter = fileURLToPath(new URL('./reporter.mjs', import.meta.url));
/** How long a file that is late has to say what it waits for, before it is stopped. */
const LAST_WORDS_MS = 2_000;
/** A test that hangs fails by its name well before its file is stopped. */
const shareOfTest = 0.6;

/**
 * One test file in a process group of its own with a limit, so that a file that hangs is a failure with a name.
 * @param {string} file from the root of the checkout
 * @param {{ node: string, env: NodeJS.ProcessEnv, limitMs: number, on?: string, gentle?: boolean, place: string }} options `on`: where it runs, when the same
 *   file runs twice; `gentle`: it gives way to others
 * @returns {Promise<import('./again.mjs').Run>}
 */
export async function runFile(file, { node, env, limitMs, on = '', gentle = false, place }) {
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
    `--test-timeout=${limitMs * shareOfTest}`,
    ...['--report-on-signal', '--report-signal=SIGUSR2', '--report-exclude-env', `--report-directory=${logs}`],
    `--report-filename=${name}.hang.json`,
  ];
  const [program, ...all] = gently(gentle, [node, ...args, join(root, file)]);
  const child = spawn(program, all, { cwd: root, env, detached: true, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  let late = false;
  const limit = setTimeout(async () => {
    late = true;
    child.kill('SIGUSR2'); // what it waits for, and where it is, as a report of Node
    await sleep(LAST_WORDS_MS);
    endGroup(child.pid);
  }, limitMs);
  const status = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(limit);
  endGroup(child.pid); // what the file left behind
  const entries = parse(results);
  const where = `${relative('server', file)}${on && ` on ${on}`}`;
  const tests = entries.filter((entry) => entry.outcome).map((test) => ({ ...test, name: `${where}: ${test.name}` }));
  const { length } = tests;
  const passed = tests.filter((test) => test.outcome === 'passed').length;
  const fail = (what, why) => tests.push({ name: `${file}: ${what}`, outcome: 'failed', why: `${why}; see ${log}` });
  if (late) fail(`ends within ${limitMs / 1000} s`, `it was stopped; what it waited for is in ${name}.hang.json`);
  else if (status !== 0 && !tests.some((test) => test.outcome === 'failed'))
    fail('ends well', `it ended with ${status}`);
  const failed = tests.some((test) => test.outcome === 'failed');
  const seconds = (performance.now() - begin) / 1000;
  const cpuSeconds = entries.findLast((entry) => entry.cpuSeconds)?.cpuSeconds ?? 0;
  say(
    `  ${place} ${file}${on && ` on ${on}`}: ${passed} of ${length} passed (${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU)`,
  );
  if (failed) console.log(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-60).join('\n'));
  return { file: on ? `${file} on ${on}` : file, tests, failed, seconds, cpuSeconds };
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
