import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import type { MeetingPlace } from './Meeting.ts';
import { openStores, type StoresWanted, type TestStores } from './stores.ts';
import { Program, secretOf } from './TestNode.ts';
import { within } from './until.ts';

/** How long a start may take on a busy machine, ms. */
const READY_MS = 90_000;
/** As `npm start` has it. */
const FLAGS = ['--max-semi-space-size=128'];
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The server in a process of its own, which a test may kill, with stores that outlive it. */
export class ServerProcess implements MeetingPlace {
  readonly url: string;
  readonly stores: TestStores;
  readonly app: { demoLinks: { who: string; url: string }[] } = { demoLinks: [] };
  readonly #env: NodeJS.ProcessEnv;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(url: string, stores: TestStores, env: NodeJS.ProcessEnv, folder: string) {
    this.url = url;
    this.stores = stores;
    this.#env = env;
    this.#folder = folder;
  }

  /** @param prepare fills the database before the server starts; then without the demo organisation; `own` for a test that kills the stores */
  static async create(
    extra: Record<string, string> = {},
    prepare?: (databaseUrl: string) => Promise<void>,
    { own = false }: StoresWanted = {},
  ): Promise<ServerProcess> {
    const stores = await openStores({ own, country: !prepare });
    await prepare?.(stores.databaseUrl);
    const folder = await mkdtemp(join(tmpdir(), 'dh-server-'));
    const port = await freePort();
    const env = {
      ...process.env,
      DATA_DIR: folder,
      PORT: String(port),
      MEDIA_PORT: String(await freePort()),
      MEDIA_WORKERS: '1',
      DATABASE_URL: stores.databaseUrl,
      REDIS_URL: stores.redisUrl,
      DEMO: prepare ? '0' : '1',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      ...extra,
    };
    const server = new ServerProcess(`http://${extra.HOST ?? '127.0.0.1'}:${env.PORT}`, stores, env, folder);
    await server.start();
    return server;
  }

  /** Resolves when it says that it is ready, with its links. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...FLAGS, MAIN], { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    if (!child.stdout) throw new Error('the server has no output');
    const expected = this.#env.DEMO === '1' ? 5 : 0;
    let last = 'nothing was said';
    const ready = readLinks(child.stdout, expected, (line) => {
      last = line;
    });
    this.app.demoLinks = await within('the server says that it is ready', ready, READY_MS, () => last);
    child.stdout.resume();
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
    const link = this.app.demoLinks.find((l) => l.who.startsWith(who));
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

type Links = { who: string; url: string }[];

/** What a server prints until it is ready, and after that its links. @param heard is told each line */
async function readLinks(output: Readable, expected: number, heard: (line: string) => void): Promise<Links> {
  const links: Links = [];
  let ready = false;
  for await (const line of createInterface({ input: output })) {
    heard(line);
    if (line.startsWith('ready ')) ready = true;
    else if (line.startsWith('{')) console.log(line);
    const [, who, url] = /^ {2}(.+?): (https?:\S+)$/.exec(line) ?? [];
    if (ready && who && url) links.push({ who, url });
    if (ready && links.length === expected) return links;
  }
  throw new Error('the server ended before it was ready');
}
