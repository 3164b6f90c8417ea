import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const STARTED_MS = 90_000;

/** Data of an installation that starts and ends as a test wants, with stores of its own. */
export class EmbeddedServer {
  readonly folder: string;
  readonly port: number;
  /** Where programs ask. */
  readonly internalPort: number;
  #child: ChildProcess | undefined;

  private constructor(folder: string, port: number, internalPort: number) {
    this.folder = folder;
    this.port = port;
    this.internalPort = internalPort;
  }

  static async create(): Promise<EmbeddedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'dh-embedded-'));
    // The account of the stores must get through.
    await chmod(folder, 0o711);
    return new EmbeddedServer(folder, await freePort(), await freePort());
  }

  /** Everything that was written to its standard output and to its errors, of all starts. */
  get said(): string {
    return readFileSync(join(this.folder, 'output'), 'utf8');
  }

  /** @param journal its output is what systemd calls the journal @param program that runs Node, as in a namespace */
  async start(
    env: NodeJS.ProcessEnv = {},
    { journal = false, program = process.execPath } = {},
  ): Promise<{ ready: boolean; said: string }> {
    const output = openSync(join(this.folder, 'output'), 'a', 0o600);
    const { dev, ino } = fstatSync(output);
    const before = readFileSync(join(this.folder, 'output'), 'utf8').length;
    const settings = {
      ...{
        DATA_DIR: this.folder,
        PORT: String(this.port),
        API_PORT: String(this.internalPort),
        MEDIA_PORT: String(await freePort()),
        MEDIA_WORKERS: '1',
      },
      ...{ DATABASE_URL: '', REDIS_URL: '', LOG_LEVEL: 'trace', JOURNAL_STREAM: journal ? `${dev}:${ino}` : '' },
    };
    const child = spawn(program, [MAIN], {
      env: { ...process.env, ...settings, ...env },
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    this.#child = child;
    let ready = false;
    child.once('message', () => {
      ready = true;
    });
    const over = () => child.exitCode !== null || child.signalCode !== null;
    const said = () => this.said.slice(before);
    // The supervisor is told before anything is printed.
    await until('the server is ready, or gave up', () => (ready && /^ready /m.test(said())) || over(), STARTED_MS);
    return { ready, said: said() };
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** As when the power fails for it alone: nothing is said, nothing is put away. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = happens(child, 'exit', 30_000);
    child.kill(signal);
    await ended;
  }

  /** The log of one of its stores. */
  logOf(store: 'postgres' | 'redis'): string {
    return readFileSync(join(realpathSync(join(this.folder, 'stores')), `${store}.log`), 'utf8');
  }

  async close(): Promise<void> {
    await this.stop();
    const stores = join(this.folder, 'stores');
    // A node that has joined another one has none.
    if (existsSync(stores)) await rm(realpathSync(stores), { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Links in what a start has printed, by the beginning of their labels. */
export const linksIn = (said: string): Map<string, string> =>
  new Map([...said.matchAll(/^ {2}(.+?): (https?:\S+#l=\S+)$/gm)].map(([, who = '', url = '']) => [who, url]));
