import { Closer } from '../../../src/lib/Closer.ts';
import { Balancer } from '../Balancer.ts';
import { freePort } from '../freePort.ts';
import { HaProxy } from '../HaProxy.ts';
import type { ServerProcess } from '../ServerProcess.ts';
import { testCertificate } from '../testCertificate.ts';
import { until } from '../until.ts';

export type NodeName = 'one' | 'two';
type Nodes = Readonly<Record<NodeName, ServerProcess>>;

/** What is in front of both nodes. */
export interface Front {
  readonly url: string;
  /** What a node is told on its account. */
  settings(node: NodeName): Record<string, string>;
  /** Resolves when it sends whoever connects to both. */
  serve(nodes: Nodes): Promise<void>;
  /** Whoever connects comes to this one as long as it is ready. */
  prefer(node: NodeName): Promise<void>;
  /** Whoever connects comes to either. */
  preferNone(): Promise<void>;
  close(): Promise<void>;
}

export const frontOf = (name = 'plain'): Promise<Front> =>
  name === 'haproxy' ? HaProxyFront.create() : PlainFront.create();

/** Hands connections through as they are. */
class PlainFront implements Front {
  readonly url: string;
  readonly #order: ServerProcess[];
  readonly #balancer: Balancer;
  #nodes: Nodes | undefined;

  static async create(): Promise<PlainFront> {
    const order: ServerProcess[] = [];
    return new PlainFront(order, await Balancer.create(order));
  }

  private constructor(order: ServerProcess[], balancer: Balancer) {
    this.#order = order;
    this.#balancer = balancer;
    this.url = balancer.url;
  }

  settings(): Record<string, string> {
    return {};
  }

  async serve(nodes: Nodes): Promise<void> {
    this.#nodes = nodes;
    await this.prefer('one');
  }

  async prefer(node: NodeName): Promise<void> {
    if (!this.#nodes) throw new Error('there are no nodes yet');
    const { one, two } = this.#nodes;
    this.#order.splice(0, 2, ...(node === 'one' ? [one, two] : [two, one]));
  }

  preferNone(): Promise<void> {
    return this.prefer('one');
  }

  async close(): Promise<void> {
    this.#balancer.close();
  }
}

const LOCAL = '127.0.0.1';
const SERVERS = { one: 'a', two: 'b' } as const;

/** The real HAProxy, which ends TLS. */
class HaProxyFront implements Front {
  readonly url: string;
  readonly #ports: Readonly<Record<NodeName, number>>;
  readonly #proxy: HaProxy;
  readonly #closer: Closer;

  static async create(): Promise<HaProxyFront> {
    const closer = new Closer(() => undefined);
    try {
      const certificate = closer.own('certificate', await testCertificate());
      const [pages, one, two] = await Promise.all([freePort(), freePort(), freePort()]);
      // No store is behind it.
      const [database, nobody] = await Promise.all([freePort(), freePort()]);
      const ports = {
        ...{ '10.0.0.10:443': pages, '10.0.0.1:8080': one, '10.0.0.2:8080': two },
        ...{ '10.0.0.10:5432': database, '10.0.0.11:5432': nobody, '10.0.0.12:5432': nobody },
      };
      const proxy = closer.own('haproxy', await HaProxy.start(ports, certificate));
      return new HaProxyFront(`https://${LOCAL}:${pages}`, { one, two }, proxy, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  private constructor(url: string, ports: Readonly<Record<NodeName, number>>, proxy: HaProxy, closer: Closer) {
    this.url = url;
    this.#ports = ports;
    this.#proxy = proxy;
    this.#closer = closer;
  }

  settings(node: NodeName): Record<string, string> {
    return { PORT: String(this.#ports[node]), TRUST_PROXY: LOCAL };
  }

  async serve(): Promise<void> {
    for (const server of Object.values(SERVERS)) await this.#isUp(server);
  }

  async prefer(node: NodeName): Promise<void> {
    await this.preferNone();
    // One that was started again is found by a check or two, and until then all would come to the other.
    await this.#isUp(SERVERS[node]);
    await this.#proxy.admit('ready', SERVERS[node === 'one' ? 'two' : 'one'], false);
  }

  async preferNone(): Promise<void> {
    for (const server of Object.values(SERVERS)) await this.#proxy.admit('ready', server, true);
  }

  #isUp(server: string): Promise<unknown> {
    return until(`${server} is UP`, async () => (await this.#proxy.status('ready', server)) === 'UP', 30_000);
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}
