import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { embeddedUrls } from '../../../server/src/store/embedded/index.ts';
import { freePorts } from '../../../server/test/support/freePort.ts';
import { madeData } from './madeData.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const READY_MS = 120_000;
const STOP_MS = 20_000;

/**
 * The real server as a process of its own, with stores and ports of its own and the demo organisation; started again at
 * once when it is killed, as a supervisor does.
 */
export class Server {
  url = '';
  /** By the beginning of the label. */
  readonly links = new Map<string, string>();
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #stopping = false;
  #log: string[] = [];

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'dh-e2e-'));
    // Whose files are PostgreSQL’s stays so. Another country is made anew.
    const made = env.DEMO_TREE ? undefined : madeData(env.DEMO_FIGURES === 'on');
    if (made) await promisify(execFile)('cp', ['-a', `${made}/.`, folder]);
    // PostgreSQL's user is another one, and must get through to its own folder.
    await chmod(folder, 0o711);
    const port = await freePorts(3);
    const server = new Server(folder, {
      ...process.env,
      // Another story of this process may have built pages, and Vite says production then.
      NODE_ENV: undefined,
      DATA_DIR: folder,
      PORT: String(port),
      API_PORT: '0',
      MEDIA_PORT: String(port + 1),
      MEDIA_WORKERS: '2',
      DEMO: '1',
      // Thirty days of figures take a core for seconds, beside pages that are to be quick: asked for where they are looked at.
      DEMO_FIGURES: 'off',
      // The first page of a demo offers its people: asked for where that is looked at, all others see a door as of an installation.
      DEMO_ROLES: 'off',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      // As the supervisor gives it: a killed server is back sooner.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, 'compiled'),
      ...env,
    });
    await server.#run();
    return server;
  }

  /** A first start, and its end. @returns the folder with the data of a demo, and without a server */
  static async leaveData(env: Record<string, string> = {}, said?: string): Promise<string> {
    const server = await Server.start(env);
    if (said) await server.#says(said);
    await server.#end();
    return server.#folder;
  }

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  link(who: string): string {
    for (const [label, url] of this.links) if (label.startsWith(who)) return url;
    throw new Error(`no link for ${who}: ${[...this.links.keys()].join(', ')}`);
  }

  /** Links of the three demo communes. */
  get communes(): string[] {
    return [...this.links].filter(([label]) => label.startsWith('commune')).map(([, url]) => url);
  }

  /** The database as its owner has it: for whoever alters what no server would. */
  get ownerUrl(): string {
    return embeddedUrls({ DATA_DIR: this.#folder }).ownerUrl;
  }

  /** Makes an operator of the whole country on the command line. @returns their link */
  async operatorLink(): Promise<string> {
    const said = await this.dh(
      'account',
      'create',
      '--role',
      'operator',
      '--unit',
      'vn',
      '--name',
      'Quản trị hệ thống',
    );
    return said.split(' ').at(-1) ?? '';
  }

  /** A command of the operator, `npm run dh -- TOOL …`. @returns what it printed */
  async dh(tool: string, ...args: readonly string[]): Promise<string> {
    const script = join(root, 'scripts/dh.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, tool, ...args], { env: this.#env });
    return stdout.trim();
  }

  /** kill -9, and the next one at once. @returns milliseconds until the server was ready again */
  async killAndRestart(): Promise<number> {
    const from = performance.now();
    await this.kill();
    await this.restart();
    return performance.now() - from;
  }

  /** kill -9; its stores outlive it. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) throw new Error('not running');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** The next one, after a `kill`. @param env what is set otherwise from now on */
  restart(env: Record<string, string> = {}): Promise<void> {
    Object.assign(this.#env, env);
    return this.#run();
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #says(words: string): Promise<void> {
    const end = performance.now() + READY_MS;
    while (!this.#log.some((line) => line.includes(words))) {
      if (performance.now() > end) throw new Error(`it did not say: ${words}\n${this.#log.slice(-30).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #end(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
  }

  async #run(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'server/src/main.ts')], {
      cwd: root,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.url = '';
    this.links.clear();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready:\n${this.#log.join('\n')}`)), READY_MS);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        if (!this.#stopping)
          reject(new Error(`the server ended (${code ?? signal}):\n${this.#log.slice(-30).join('\n')}`));
      });
      const take = (line: string): void => {
        this.#log.push(line);
        if (process.env.E2E_LOG) console.log(`  | ${line}`);
        const ready = /^ready (http\S+)/.exec(line);
        if (ready?.[1]) this.url = ready[1];
        const link = /^ {2}(.+): (http\S+#l=\S+)$/.exec(line);
        if (link?.[1] && link[2]) this.links.set(link[1], link[2]);
        if (this.url && this.links.size >= 5) {
          clearTimeout(timer);
          resolve();
        }
      };
      for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);
    });
  }
}
