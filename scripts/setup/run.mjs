import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { logs, makeFolder, root } from './place.mjs';
import { SetupError } from './progress.mjs';

const STILL_THERE_EVERY_MS = 10_000;

/**
 * Runs a program, keeps its output in a log of the cache, and gives each line to `onLine`. Says every ten seconds that it is still at it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ name: string, tell?: (detail: string) => void, onLine?: (line: string) => boolean, advice?: string, timeoutMs?: number }
 *   & import('node:child_process').SpawnOptions} options `name`: of the log; all others are spawn's
 * @returns {Promise<string>} everything that it wrote to standard output
 * @throws SetupError with its last line and the name of the log
 */
export async function run(program, args, { name, tell, onLine, advice, timeoutMs, ...options }) {
  const log = join(makeFolder(logs), `${name}.log`);
  const fd = openSync(log, 'w');
  const child = spawn(program, args, { cwd: root, timeout: timeoutMs, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const begin = performance.now();
  let output = '';
  const alive = setInterval(
    () => tell?.(`still at it after ${Math.round((performance.now() - begin) / 1000)} s`),
    STILL_THERE_EVERY_MS,
  );
  const read = (stream, isOutput) =>
    createInterface({ input: stream }).on('line', (line) => {
      if (isOutput) output += `${line}\n`;
      writeSync(fd, `${line}\n`);
      if (onLine?.(line)) alive.refresh();
    });
  const readers = [read(child.stdout, true), read(child.stderr, false)].map(
    (r) => new Promise((done) => r.on('close', done)),
  );
  const status = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  await Promise.all(readers);
  clearInterval(alive);
  closeSync(fd);
  if (status === 0) return output;
  const words = telling(readFileSync(log, 'utf8')) ?? `it ended with ${status}`;
  throw new SetupError(`${program} failed: ${words} (all of it in ${log}).${advice ? ` ${advice}` : ''}`);
}

/** The line of a log that says most: the first that speaks of an error, else the last. */
function telling(text) {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.find((line) => /^E: |\b(error|fatal|failed|cannot)\b/i.test(line)) ?? lines.at(-1);
}

/** The output of a short command, or undefined when it fails or is not there. */
export function ask(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', ...options });
  return result.status === 0 ? result.stdout : undefined;
}
