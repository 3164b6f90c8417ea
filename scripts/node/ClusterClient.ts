import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Bus } from '../../server/src/cluster/bus/Bus.ts';
import { BusKeys } from '../../server/src/cluster/bus/BusKeys.ts';
import type { Lease } from '../../server/src/cluster/membership/lease.ts';
import { livingNodes } from '../../server/src/cluster/membership/look.ts';
import { alone } from '../../server/src/cluster/membership/Membership.ts';
import { Requests } from '../../server/src/cluster/requests/Requests.ts';
import { drainRequest } from '../../server/src/cluster/topics/nodes.ts';
import { clusterSecrets } from '../../server/src/compose/clusterSecrets.ts';
import { Closer } from '../../server/src/lib/Closer.ts';
import { createLogger } from '../../server/src/observability/logger.ts';
import { Metrics } from '../../server/src/observability/metrics.ts';
import { embeddedUrls } from '../../server/src/store/embedded/index.ts';
import { DatabaseClock } from '../../server/src/store/postgres/base/DatabaseClock.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { connectRedis } from '../../server/src/store/redis/Redis.ts';
import { installation } from '../support/installation.ts';
import { withDatabaseUrls } from '../support/openDatabase.ts';

const ignore = (): void => undefined;

/** A program that asks the nodes of a cluster, and is none of them. */
export class ClusterClient {
  readonly #looking: Parameters<typeof livingNodes>[0];
  readonly #requests: Requests;
  readonly #closer: Closer;

  private constructor(looking: Parameters<typeof livingNodes>[0], requests: Requests, closer: Closer) {
    this.#looking = looking;
    this.#requests = requests;
    this.#closer = closer;
  }

  /** @param name by which nodes say in their log who asked */
  static async create(name: string): Promise<ClusterClient> {
    const config = await installation();
    const logger = createLogger('error');
    const named = config.CLUSTER_SECRET ?? config.CLUSTER_SECRET_FILE;
    if (named === undefined && !existsSync(join(config.DATA_DIR, 'cluster-secret')))
      throw new Error('no secret of a cluster is known here: run this where a node runs, with its settings');
    const keys = BusKeys.of(await clusterSecrets(config));
    const closer = new Closer((step, error) => logger.error({ step, err: error }, 'closing failed'));
    try {
      const clock = await databaseClock();
      const redisUrl = config.REDIS_URL ?? embeddedUrls(config).redisUrl;
      const redis = await connectRedis(redisUrl, ignore);
      closer.defer('redis', () => redis.disconnect());
      const bus = closer.own(
        'bus',
        Bus.create({ redisUrl, node: name, keys, clock, logger, registry: new Metrics(name).registry }),
      );
      const requests = new Requests({ bus, nodes: alone, logger });
      requests.join([]);
      return new ClusterClient({ redis, keys }, requests, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  /** By name. */
  async nodes(): Promise<readonly Lease[]> {
    const nodes = await livingNodes(this.#looking);
    return nodes.toSorted((a, b) => a.node.localeCompare(b.node));
  }

  /** Harmless when it is done twice, so it is asked again when an answer was lost. */
  async drain(node: Lease, draining: boolean): Promise<void> {
    const ask = () => this.#requests.one(node, drainRequest, { draining, by: 'dh node' });
    await ask().catch(ask);
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}

/** Nodes date what they say by PostgreSQL's clock. */
const databaseClock = (): Promise<DatabaseClock> =>
  withDatabaseUrls(async ({ databaseUrl }) => {
    const postgres = await Postgres.create(databaseUrl, ignore, 1);
    const clock = new DatabaseClock();
    await clock.measure(postgres).finally(() => postgres.close());
    return clock;
  });
