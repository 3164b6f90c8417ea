import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config.ts';
import type { DemoLink } from '../../src/demo/loadDemo.ts';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import type { MeetingPlace } from './Meeting.ts';
import { seedDemo } from './seedDemo.ts';
import { databaseEnv } from './serverOf.ts';
import { openStores, type StoresWanted, type TestStores } from './stores.ts';
import { givenStores, Program, secretOf } from './TestNode.ts';
import { within } from './until.ts';

/** How long a start may take on a busy machine, ms. */
const READY_MS = 90_000;
/** As `npm start` has it. */
const FLAGS = ['--max-semi-space-size=128'];
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What runs. */
interface Started {
  /** Starts it. */
  readonly launcher?: readonly string[];
  /** Of another version of the server. */
  readonly main?: string;
}

/** The server in a process of its own, which a test may kill, with stores that outlive it; none of the demo's people on given ones. */
export class ServerProcess implements MeetingPlace {
  readonly url: string;
  readonly stores: TestStores;
  readonly links: readonly DemoLink[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #launcher: readonly string[];
  #main: string;
  #child: ChildProcess | undefined;

  private constructor(
    url: string,
    links: readonly DemoLink[],
    stores: TestStores,
    env: NodeJS.ProcessEnv,
    folder: string,
    { launcher = [], main = MAIN }: Started,
  ) {
    this.url = url;
    this.links = links;
    this.stores = stores;
    this.#env = env;
    this.#folder = folder;
    this.#launcher = launcher;
    this.#main = main;
  }

  /** @param prepare fills the database before the server starts; then without the people of the demo; `own` for a test that kills the stores */
  static async create(
    extra: Record<string, string> = {},
    prepare?: (databaseUrl: string) => Promise<void>,
    { own = false, ...program }: StoresWanted & Started = {},
  ): Promise<ServerProcess> {
    const given = givenStores(extra);
    const stores = given ?? (await openStores({ own, country: !prepare }));
    await prepare?.(stores.databaseUrl);
    const folder = await mkdtemp(join(tmpdir(), 'dh-server-'));
    const port = await freePort();
    const env = {
      ...process.env,
      DATA_DIR: folder,
      PORT: String(port),
      API_PORT: '0',
      MEDIA_PORT: String(await freePort()),
      MEDIA_WORKERS: '1',
      ...databaseEnv(stores.databaseUrl),
      REDIS_URL: stores.redisUrl,
      // PostgreSQL that is shared by tests runs without fsync.
      ...(!stores.embedded && { ALLOW_DATA_LOSS: '1' }),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      ...extra,
      ...(given && databaseEnv(given.databaseUrl)),
    };
    const { publicUrl } = readConfig(env);
    const links = prepare || given ? [] : await seedDemo(stores.databaseUrl, publicUrl, folder);
    const url = `http://${extra.HOST ?? '127.0.0.1'}:${env.PORT}`;
    const server = new ServerProcess(url, links, stores, env, folder, program);
    await server.start();
    return server;
  }

  /** Resolves when it says that it is ready. @param main in another version than before */
  async start(main = this.#main): Promise<void> {
    this.#main = main;
    const [program = process.execPath, ...args] = [...this.#launcher, process.execPath, ...FLAGS, main];
    const child = spawn(program, args, { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    if (!child.stdout) throw new Error('the server has no output');
    let last = 'nothing was said';
    const ready = untilReady(child.stdout, (line) => {
      last = line;
    });
    await within('the server says that it is ready', ready, READY_MS, () => last);
    child.stdout.resume();
  }

  get child(): ChildProcess {
    if (!this.#child) throw new Error('the server was not started');
    return this.#child;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** SIGSTOP: it lives, holds its sockets, and does nothing until `resume`. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** kill -9; resolves when it is dead. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const dead = happens(child, 'exit');
    child.kill('SIGKILL');
    await dead;
  }

  secret(who: string): string {
    const link = this.links.find((l) => l.who.startsWith(who));
    if (!link) throw new Error(`no demo link for ${who}`);
    return secretOf(link.url);
  }

  async signIn(secret: string, device = 'test'): Promise<Program> {
    const program = new Program(this.url);
    const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
    if (status !== 200) throw new Error(`sign-in refused: ${JSON.stringify(body)}`);
    program.token = body.token;
    return program;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.stores.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Reads what a server prints until it is ready. @param heard is told each line */
async function untilReady(output: Readable, heard: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: output })) {
    heard(line);
    if (line.startsWith('{')) console.log(line);
    if (line.startsWith('ready ')) return;
  }
  throw new Error('the server ended before it was ready');
}
