import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { localCertificate } from '../../src/edge/sharedPort/LocalAuthority.ts';
import { launcherHere } from './confined.ts';
import { freePort } from './freePort.ts';
import { until } from './until.ts';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const START = join(root, 'scripts/start.mjs');
const launcher = await launcherHere();

/** Why this machine cannot run a server that gives root up; false where it can. */
export function whyNoRootStart(): string | false {
  if (process.getuid?.() !== 0) return 'SKIPPED: needs root';
  if (!launcher) return 'SKIPPED: no compiler here';
  const told = spawnSync(launcher, ['--tell'], { encoding: 'utf8' }).stdout;
  if (!told.includes('"seccomp":true')) return 'SKIPPED: filters of system calls are not permitted here';
  const args = ['--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all', 'true'];
  if (spawnSync('setpriv', args).status !== 0) return 'SKIPPED: this root may not change to another account';
  const { status } = spawnSync('test', ['-x', process.execPath], { uid: 65_534, gid: 65_534, cwd: '/' });
  if (status === 0 || spawnSync('unshare', ['--mount', '--propagation', 'unchanged', 'true']).status === 0)
    return false;
  return 'SKIPPED: the checkout lies where no account comes, and this root may not mount';
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export function findAccount(name: string): Account {
  const [uid = 0, gid = 0] = ['-u', '-g'].map((which) =>
    Number(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout),
  );
  assert.ok(uid > 0 && gid > 0, `${name} is an account`);
  return { uid, gid };
}

/** Runs a program as that account, with no group beside its own. `env` between them, since setpriv's own exec has rights of root left. */
export const runAs = ({ uid, gid }: Account, program: string, ...args: string[]) =>
  spawnSync('setpriv', [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', 'env', program, ...args], {
    cwd: '/',
    encoding: 'utf8',
  });

export interface Running {
  readonly pid: number;
  readonly name: string;
  readonly uid: number;
  readonly status: string;
}

/** A server that root starts by scripts/start.mjs, with files that root alone may read, as an operator has them. */
export class RootStart {
  readonly folder: string;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #lines: string[] = [];
  #supervisor: ChildProcess | undefined;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.dataDir = join(folder, 'data');
    this.env = env;
  }

  /** @param more makes files in a folder that is closed to all but root, and returns the settings that name them */
  static async create(more: (closed: string) => NodeJS.ProcessEnv = () => ({})): Promise<RootStart> {
    const folder = mkdtempSync(join(tmpdir(), 'dh-rights-'));
    chmodSync(folder, 0o711);
    const closed = join(folder, 'closed');
    const { cert, key } = await localCertificate(closed, { must: ['localhost'], all: ['localhost'] });
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const server = new RootStart(folder, {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      PORT: String(ports[0]),
      MEDIA_PORT: String(ports[1]),
      API_PORT: String(ports[2]),
      MEDIA_WORKERS: '1',
      DEMO: '0',
      LOG_LEVEL: 'warn',
      TLS_CERT: cert,
      TLS_KEY: key,
      DATABASE_URL: '',
      REDIS_URL: '',
      DH_NODE: process.execPath,
      MEDIA_LAUNCHER: launcher,
      ...more(closed),
    });
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    this.#lines.length = 0;
    const supervisor = spawn(process.execPath, [START, '--no-set-up'], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#supervisor = supervisor;
    createInterface({ input: supervisor.stdout }).on('line', (line) => this.#lines.push(line));
    const decided = () => this.said('ready https') === 1 || supervisor.exitCode !== null;
    await until('ready, or given up', decided, 60_000);
    assert.equal(supervisor.exitCode, null, this.#lines.join('\n'));
  }

  /** How many lines of its output hold that text since its last start. */
  said(text: string): number {
    return this.#lines.filter((line) => line.includes(text)).length;
  }

  get supervisor(): ChildProcess {
    return this.#supervisor ?? assert.fail('not started');
  }

  async stop(): Promise<void> {
    const { supervisor } = this;
    supervisor.kill('SIGTERM');
    await until('the supervisor ended', () => supervisor.exitCode !== null || supervisor.signalCode !== null, 30_000);
  }

  /** Everything that runs below the supervisor. */
  processes(): Running[] {
    return below(this.supervisor.pid ?? 0);
  }

  /** The process of the server itself. */
  main(): Running {
    return this.processes().find(({ name }) => name === 'node') ?? assert.fail('no server');
  }

  worker(): Running | undefined {
    return this.processes().find(({ name }) => name === 'mediasoup-worker');
  }

  /** Files of DATA_DIR with secrets of the installation. */
  secretFiles(): string[] {
    const files = readdirSync(this.dataDir).filter((name) => name.endsWith('.json'));
    assert.ok(files.includes('stores.secret.json'));
    return files.map((name) => join(this.dataDir, name));
  }

  async close(): Promise<void> {
    if (this.#supervisor?.exitCode === null && this.#supervisor.signalCode === null) await this.stop();
    const stores = join(this.dataDir, 'stores');
    if (existsSync(stores)) rmSync(realpathSync(stores), { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return 'gone';
  }
}

/** The supervisor's children, theirs, and so on. */
export function below(pid: number): Running[] {
  const all = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const read = (entry: string) => {
    try {
      return [{ pid: Number(entry), status: readFileSync(`/proc/${entry}/status`, 'utf8') }];
    } catch {
      return []; // it ended while we looked
    }
  };
  const field = (status: string, name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const running = all.flatMap(read);
  const childrenOf = (parent: number): Running[] =>
    running
      .filter(({ status }) => field(status, 'PPid') === String(parent))
      .flatMap((one) => [
        { ...one, name: programOf(one.pid), uid: Number(field(one.status, 'Uid')) },
        ...childrenOf(one.pid),
      ]);
  return childrenOf(pid);
}

/** The environment that a process was started with. */
export const environmentOf = (pid: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((entry) => entry.split(/=(.*)/s).slice(0, 2)),
  );
