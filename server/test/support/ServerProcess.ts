import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config.ts';
import type { DemoLink } from '../../src/demo/loadDemo.ts';
import { Balancer } from './Balancer.ts';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import type { MeetingPlace } from './Meeting.ts';
import { seedDemo } from './seedDemo.ts';
import { databaseEnv } from './serverOf.ts';
import { anyOf, byChance, chanceOfNodes, sharedFiles, testNodes } from './severalNodes.ts';
import { openStores, type StoresWanted, type TestStores } from './stores.ts';
import { CLUSTER_SECRET, givenStores, Program, secretOf } from './TestNode.ts';
import { until, within } from './until.ts';

/** How long a start may take on a busy machine, ms. */
const READY_MS = 90_000;
/** As `npm start` has it. */
export const SERVER_FLAGS = ['--max-semi-space-size=128'];
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What runs. */
interface Started {
  /** Starts it. */
  readonly launcher?: readonly string[];
  /** Of another version of the server. */
  readonly main?: string;
}

/**
 * The server in a process of its own, which a test may kill, with stores that outlive it; none of the demo's people on given ones. Several
 * behind one name live and die together.
 */
export class ServerProcess implements MeetingPlace {
  readonly stores: TestStores;
  readonly links: readonly DemoLink[];
  readonly #url: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #launcher: readonly string[];
  /** Those behind the same name, and who shares connections out among all. */
  #others: readonly ServerProcess[] = [];
  #front: Balancer | undefined;
  /** Where somebody's requests go, who keeps the connection. */
  #any = (): string => this.url;
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
    this.#url = url;
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
    if (testNodes > 1 && !extra.ALLOW_SECOND_NODE) return ServerProcess.#several(extra, prepare, { own, ...program });
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
    try {
      await server.start();
      return server;
    } catch (error) {
      // What was not ready in time runs on, and its file would never end.
      await server.close();
      throw error;
    }
  }

  /** TEST_NODES of them behind one name, which live and die together. */
  static async #several(
    extra: Record<string, string>,
    prepare: ((databaseUrl: string) => Promise<void>) | undefined,
    wanted: StoresWanted & Started,
  ): Promise<ServerProcess> {
    const nodes: { readonly url: string }[] = [];
    const chance = chanceOfNodes();
    const front = await Balancer.create(byChance(nodes, chance));
    const shared = { PUBLIC_URL: front.url, ...extra, ALLOW_SECOND_NODE: '1', CLUSTER_SECRET };
    const first = await ServerProcess.create({ ...shared, NODE_ID: 'node-1' }, prepare, wanted).catch(
      (error: unknown) => {
        front.close();
        throw error;
      },
    );
    const { databaseUrl, redisUrl } = first.stores;
    const told = { ...shared, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...sharedFiles(first.#folder) };
    const others: ServerProcess[] = [];
    nodes.push({ url: first.url });
    first.#front = front;
    first.#others = others;
    first.#any = () => anyOf(nodes, chance).url;
    try {
      while (nodes.length < testNodes) {
        others.push(await ServerProcess.create({ ...told, NODE_ID: `node-${nodes.length + 1}` }));
        nodes.push(...others.slice(-1));
      }
      await first.#allReady();
    } catch (error) {
      await first.close();
      throw error;
    }
    return first;
  }

  get url(): string {
    return this.#front?.url ?? this.#url;
  }

  /** Resolves when it says that it is ready. @param main in another version than before */
  async start(main = this.#main): Promise<void> {
    this.#main = main;
    const [program = process.execPath, ...args] = [...this.#launcher, process.execPath, ...SERVER_FLAGS, main];
    const child = spawn(program, args, { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    if (!child.stdout) throw new Error('the server has no output');
    let last = 'nothing was said';
    const ready = untilReady(child.stdout, (line) => {
      last = line;
    });
    await within('the server says that it is ready', ready, READY_MS, () => last);
    child.stdout.resume();
    if (this.#others.length === 0) return;
    for (const other of this.#others) await other.start(main);
    await this.#allReady();
  }

  /** One that has just started does not know the others at once, and nobody is sent to it before. */
  async #allReady(): Promise<void> {
    for (const url of [this.#url, ...this.#others.map((other) => other.url)])
      await until(`${url} is ready`, async () => (await fetch(`${url}/readyz`)).ok, READY_MS);
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
    for (const each of [this, ...this.#others]) each.#child?.kill('SIGSTOP');
  }

  resume(): void {
    for (const each of [this, ...this.#others]) each.#child?.kill('SIGCONT');
  }

  /** kill -9; resolves when it is dead. */
  async kill(): Promise<void> {
    await Promise.all(this.#others.map((other) => other.kill()));
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
    const program = new Program(this.#any());
    const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
    if (status !== 200) throw new Error(`sign-in refused: ${JSON.stringify(body)}`);
    program.token = body.token;
    return program;
  }

  async close(): Promise<void> {
    await this.kill();
    this.#front?.close();
    for (const other of this.#others) await other.close();
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
