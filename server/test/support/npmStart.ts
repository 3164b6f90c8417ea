import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';

const START = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));

export interface RefusedStart {
  readonly status: number | null;
  /** Without the empty lines around it. */
  readonly errors: string;
  readonly output: string;
}

/** A folder for the data of a start, gone at the end of `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dh-refused-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settings of a start without stores: none is named that answers. */
async function environment(settings: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    PORT: String(await freePort()),
    API_PORT: '0',
    MEDIA_PORT: String(await freePort()),
    MEDIA_WORKERS: '1',
    DEMO: '0',
    LOG_LEVEL: 'error',
    // PostgreSQL of tests runs without fsync.
    ALLOW_DATA_LOSS: '1',
    DH_NODE: process.execPath,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    REDIS_URL: 'redis://127.0.0.1:9',
    ...settings,
  };
}

/** Runs `npm start -- --no-set-up` until it ends by itself. @param options what else is on its line */
export async function refusedStart(
  settings: NodeJS.ProcessEnv,
  user: { readonly uid?: number; readonly gid?: number } = {},
  options: readonly string[] = [],
): Promise<RefusedStart> {
  const env = await environment(settings);
  const start = spawn(process.execPath, [START, '--no-set-up', ...options], {
    env,
    ...user,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = happens(start, 'close', 120_000);
  const [errors, output, [status]] = await Promise.all([text(start.stderr), text(start.stdout), ended]);
  return { status, errors: errors.trim(), output };
}

/** The same for one that goes on. @returns it, and what it says on standard output as it says it */
export async function supervise(settings: NodeJS.ProcessEnv): Promise<{ supervisor: ChildProcess; lines: string[] }> {
  const env = await environment(settings);
  const supervisor = spawn(process.execPath, [START, '--no-set-up'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: supervisor.stdout }).on('line', (line) => lines.push(line));
  return { supervisor, lines };
}

/** The process id of the server under a supervisor. */
export const serverOf = ({ pid }: ChildProcess): number =>
  Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
