import { connect } from 'node:net';
import { Closer } from '../../src/lib/Closer.ts';
import { Balancer } from './Balancer.ts';
import { CutProxy } from './CutProxy.ts';
import { freePort } from './freePort.ts';
import type { MeetingPlace } from './Meeting.ts';
import { nodesKnown } from './nodesKnown.ts';
import { ServerProcess } from './ServerProcess.ts';
import { type Computer, Switch } from './Switch.ts';
import { seedDemo } from './seedDemo.ts';
import { knowServer, serverOf } from './serverOf.ts';
import { openStores, type TestStores } from './stores.ts';
import { CLUSTER_SECRET, Program, secretOf } from './TestNode.ts';

/** A node on a computer of its own, and how it is reached. */
export interface SwitchedNode {
  readonly name: string;
  readonly computer: Computer;
  readonly server: ServerProcess;
  /** Where pages are sent to for its media. */
  readonly mediaUrl: string;
  /** Where programs ask. */
  readonly internalUrl: string;
  /** What is in front of all nodes, and prefers this one. */
  readonly front: MeetingPlace;
  isReady(): Promise<boolean>;
}

/**
 * Nodes of one cluster on computers of their own, with names of their own for media, and a balancer in front; PostgreSQL and
 * Redis are at another computer, and each has a line that can be cut.
 */
export class SwitchedNodes {
  readonly all: readonly SwitchedNode[];
  readonly stores: TestStores;
  readonly postgres: CutProxy;
  readonly redis: CutProxy;
  readonly place: Switch;
  /** Where pages are opened. */
  readonly publicUrl: string;
  readonly #closer: Closer;

  private constructor(
    all: readonly SwitchedNode[],
    place: Switch,
    { stores, postgres, redis, publicUrl }: Pick<SwitchedNodes, 'stores' | 'postgres' | 'redis' | 'publicUrl'>,
    closer: Closer,
  ) {
    this.all = all;
    this.place = place;
    this.stores = stores;
    this.postgres = postgres;
    this.redis = redis;
    this.publicUrl = publicUrl;
    this.#closer = closer;
  }

  static async create(count: number, env: Record<string, string> = {}): Promise<SwitchedNodes> {
    const closer = new Closer(() => undefined);
    try {
      const place = closer.own('switch', new Switch(count));
      const stores = closer.own('stores', await openStores({ own: true }));
      const { postgres, redis, databaseUrl, redisUrl } = await lines(stores, place, closer);
      const nodes: ServerProcess[] = [];
      const publicFront = closer.own('balancer', await Balancer.create(nodes));
      const links = await seedDemo(stores.databaseUrl, publicFront.url, '/tmp');
      const all: SwitchedNode[] = [];
      for (const [nr, computer] of place.computers.entries()) {
        const [port, apiPort] = [String(await freePort()), String(await freePort())];
        const door = closer.own('door', await CutProxy.open(`http://${computer.address}:${port}`));
        const name = `node-${nr + 1}`;
        const mediaUrl = door.url.replace('ws', 'http');
        const server = await ServerProcess.create(
          {
            ...{
              HOST: computer.address,
              PORT: port,
              API_HOST: computer.address,
              API_PORT: apiPort,
              NODE_ID: name,
              NODE_URL: mediaUrl,
              PUBLIC_URL: publicFront.url,
            },
            ...{ TRUST_PROXY: place.address, ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, DEMO: '0' },
            ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...env },
          },
          undefined,
          { launcher: computer.launcher },
        );
        closer.own(name, server);
        nodes.push(server);
        const preferred = closer.own('balancer', await Balancer.create(preferring(nodes, nr)));
        const internalUrl = `http://${computer.address}:${apiPort}`;
        all.push({
          name,
          computer,
          server,
          mediaUrl,
          internalUrl,
          front: placeAt(preferred.url, links),
          isReady: isReady(server.url),
        });
      }
      for (const { internalUrl } of all) await nodesKnown(internalUrl, count);
      return new SwitchedNodes(all, place, { stores, postgres, redis, publicUrl: publicFront.url }, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  at(nr: number): SwitchedNode {
    const found = this.all[nr];
    if (!found) throw new Error(`there is no node ${nr}`);
    return found;
  }

  /** The node whose media is at this address. */
  of(mediaUrl: string | undefined): SwitchedNode | undefined {
    return this.all.find((node) => node.mediaUrl === mediaUrl?.replace(/^ws/, 'http'));
  }

  async close(): Promise<void> {
    await this.#closer.close();
  }
}

const isReady = (url: string) => () =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** The stores are on Unix sockets; nodes come in by TCP. */
async function lines(stores: TestStores, { storesAddress }: Switch, closer: Closer) {
  const [owner, server, redis] = [stores.databaseUrl, serverOf(stores.databaseUrl), stores.redisUrl].map(
    (url) => new URL(url),
  ) as [URL, URL, URL];
  const socket = `${owner.searchParams.get('host')}/.s.PGSQL.5432`;
  const postgresLine = closer.own('line of PostgreSQL', await CutProxy.to(() => connect(socket), storesAddress));
  const redisLine = closer.own('line of Redis', await CutProxy.to(() => connect(redis.pathname), storesAddress));
  const overTcp = ({ searchParams, pathname }: URL) =>
    `postgresql://${searchParams.get('user')}:${searchParams.get('password')}@${storesAddress}:${postgresLine.port}${pathname}?sslmode=disable`;
  const databaseUrl = overTcp(owner);
  knowServer(databaseUrl, overTcp(server));
  const redisUrl = `redis://:${redis.searchParams.get('password')}@${storesAddress}:${redisLine.port}`;
  return { postgres: postgresLine, redis: redisLine, databaseUrl, redisUrl };
}

/** The same nodes, also those that come later, from this one on. */
const preferring = (nodes: readonly ServerProcess[], nr: number): Iterable<ServerProcess> => ({
  [Symbol.iterator]: () => [...nodes.slice(nr), ...nodes.slice(0, nr)][Symbol.iterator](),
});

function placeAt(url: string, links: MeetingPlace['links']): MeetingPlace {
  return {
    url,
    links,
    secret: (who) => secretOf(links.find((link) => link.who.startsWith(who))?.url ?? ''),
    signIn: async (secret, device = 'test') => {
      const program = new Program(url);
      const { status, body } = await program.post('/api/session/link', { secret, transport: 'bearer', device });
      if (status !== 200) throw new Error(`sign-in refused: ${JSON.stringify(body)}`);
      program.token = body.token;
      return program;
    },
  };
}
