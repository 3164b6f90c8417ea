import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '../../src/compose/App.ts';
import { readConfig } from '../../src/config.ts';
import type { DemoLink } from '../../src/demo/loadDemo.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { sessionHeader } from '../../src/protocol/session.ts';
import { Balancer } from './Balancer.ts';
import { freePort } from './freePort.ts';
import { nodesKnown } from './nodesKnown.ts';
import { seedDemo } from './seedDemo.ts';
import { databaseEnv } from './serverOf.ts';
import { anyOf, byChance, chanceOfNodes, sharedFiles, testNodes } from './severalNodes.ts';
import { openStores, type StoresWanted, type TestStores } from './stores.ts';

/** How long an answer may take on a busy machine, ms. */
const ANSWER_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any field of an answer
  readonly body: any;
}

interface Several {
  /** The address of one of them, by chance. */
  any(): string;
  readonly nodes: readonly TestNode[];
  /** Those behind the same name, and whoever shares connections out. */
  readonly others: readonly { close(): unknown }[];
}

type Wanted = StoresWanted & { readonly outside?: TestStores };

/** Of nodes that share stores. */
export const CLUSTER_SECRET = 'what-two-nodes-of-a-test-have-in-common';

/** A whole node in this process, with stores and ports of its own and the people of the demo; or several of them behind one name. */
export class TestNode {
  readonly app: App;
  /** None on stores that were given. */
  readonly links: readonly DemoLink[];
  readonly stores: TestStores;
  readonly url: string;
  /** Where programs ask: RoomService, metrics and the like. */
  readonly internalUrl: string;
  /** Its DATA_DIR. */
  readonly folder: string;
  readonly #several: Several | undefined;

  private constructor(
    app: App,
    links: readonly DemoLink[],
    stores: TestStores,
    url: string,
    folder: string,
    several?: Several,
  ) {
    this.app = app;
    this.links = links;
    this.stores = stores;
    this.url = url;
    this.internalUrl = app.internalAddress;
    this.folder = folder;
    this.#several = several;
  }

  /**
   * With TEST_NODES it is so many nodes behind one name, unless the test makes its nodes itself (ALLOW_SECOND_NODE).
   * @param wanted `own` for a test that kills the stores; `outside` for one that brings them, which the node then closes
   */
  static async create(env: Record<string, string> = {}, wanted: Wanted = {}): Promise<TestNode> {
    if (testNodes === 1 || env.ALLOW_SECOND_NODE) return TestNode.#one(env, wanted);
    const nodes: TestNode[] = [];
    const chance = chanceOfNodes();
    const front = await Balancer.create(byChance(nodes, chance));
    const shared = { PUBLIC_URL: front.url, ...env, ALLOW_SECOND_NODE: '1' };
    // An open server of a start that failed would keep its file from ever ending.
    const first = await TestNode.#one({ ...shared, NODE_ID: 'node-1' }, wanted).catch((error: unknown) => {
      front.close();
      throw error;
    });
    const { databaseUrl, redisUrl } = first.stores;
    const told = { ...shared, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...sharedFiles(first.folder) };
    nodes.push(first);
    const others: { close(): unknown }[] = [front];
    const several = { any: () => anyOf(nodes, chance).url, nodes, others };
    const all = new TestNode(first.app, first.links, first.stores, front.url, first.folder, several);
    try {
      while (nodes.length < testNodes) {
        const next = await TestNode.#one({ ...told, NODE_ID: `node-${nodes.length + 1}` }, {});
        nodes.push(next);
        others.push(next);
      }
      for (const { internalUrl } of nodes) await nodesKnown(internalUrl, testNodes);
      return all;
    } catch (error) {
      await all.close();
      throw error;
    }
  }

  static async #one(env: Record<string, string>, { outside, ...wanted }: Wanted): Promise<TestNode> {
    const given = givenStores(env);
    // The country that may be there already is that of 63 provinces.
    const stores = given ?? outside ?? (await openStores({ country: env.DEMO_TREE === undefined, ...wanted }));
    const folder = await mkdtemp(join(tmpdir(), 'dh-node-'));
    try {
      const port = await freePort();
      const config = readConfig({
        DATA_DIR: folder,
        PORT: String(port),
        API_PORT: '0',
        MEDIA_WORKERS: '1',
        ...databaseEnv(stores.databaseUrl),
        REDIS_URL: stores.redisUrl,
        // PostgreSQL that is shared by tests runs without fsync.
        ...(!stores.embedded && { ALLOW_DATA_LOSS: '1' }),
        ...(process.env.MEDIA_LAUNCHER && { MEDIA_LAUNCHER: process.env.MEDIA_LAUNCHER }),
        ...(process.env.MEDIASOUP_WORKER_BIN && { MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN }),
        ...(env.ALLOW_SECOND_NODE && { CLUSTER_SECRET }),
        ...env,
        ...(given && databaseEnv(given.databaseUrl)),
      });
      const links = given ? [] : await seedDemo(stores.databaseUrl, config.publicUrl, folder, config.DEMO_TREE);
      const app = await App.create({ ...config, MEDIA_PORT: 0 }, createLogger(process.env.LOG_LEVEL ?? 'error'));
      return new TestNode(app, links, stores, `http://127.0.0.1:${config.PORT}`, folder);
    } catch (error) {
      await stores.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Secret of a link of the demo, by the beginning of its label. */
  secret(who: string): string {
    const link = this.links.find((l) => l.who.startsWith(who));
    if (!link) throw new Error(`no demo link for ${who}`);
    return secretOf(link.url);
  }

  /** A program signed in with a link. */
  async signIn(secret: string, device = 'test'): Promise<Program> {
    const program = new Program(this.#any);
    const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
    if (status !== 200) throw new Error(`sign-in refused: ${JSON.stringify(body)}`);
    program.token = body.token;
    return program;
  }

  browser(): BrowserLike {
    return new BrowserLike(this.#any);
  }

  /** Of a metric, by what stands in its braces: what its nodes have counted together. */
  async counted(name: string, labels: string): Promise<number> {
    let sum = 0;
    for (const { internalUrl } of this.#several?.nodes ?? [this]) {
      const lines = (await (await fetch(`${internalUrl}/metrics`)).text()).split('\n');
      const found = lines.filter((line) => line.startsWith(`${name}{`) && line.includes(labels));
      for (const line of found) sum += Number(line.slice(line.lastIndexOf(' ')));
    }
    return sum;
  }

  /** Where somebody's requests go, who keeps the connection. */
  get #any(): string {
    return this.#several?.any() ?? this.url;
  }

  async close(): Promise<void> {
    for (const other of this.#several?.others ?? []) await other.close();
    await this.app.close();
    await this.stores.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Those that a second node shares with the first, which closes them. */
export function givenStores({ DATABASE_URL, REDIS_URL }: Record<string, string>): TestStores | undefined {
  if (!DATABASE_URL || !REDIS_URL) return undefined;
  return { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, embedded: undefined, close: async () => {} };
}

export const secretOf = (url: string): string => url.slice(url.indexOf('#l=') + 3);

/** Sends what is asked; knows nothing of sessions. */
class Http {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(this.url + path, {
      method,
      ...json,
      headers: { ...type, ...this.proof(), ...headers },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    this.learn(response.headers);
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }
  post(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }
  protected proof(): Record<string, string> {
    return {};
  }
  protected learn(_headers: Headers): void {}
}

/** A program with a bearer token. */
export class Program extends Http {
  token = '';
  protected override proof(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }
}

/** A browser as far as cookies go: it keeps what it is given and sends it along with the session of one tab. */
export class BrowserLike extends Http {
  readonly cookies = new Map<string, string>();
  session = '';
  protected override proof(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { cookie, ...(this.session && { [sessionHeader]: this.session }) };
  }
  protected override learn(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split(';');
      const at = pair.indexOf('=');
      const over = rest.some((p) => /^\s*expires=Thu, 01 Jan 1970/i.test(p));
      if (over) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
