import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { createHttpApp } from './edge/http/createHttpApp.ts';
import { closeListener, createListener, listen } from './edge/http/listen.ts';
import { Closer } from './lib/Closer.ts';
import { Health } from './observability/health.ts';
import type { Logger } from './observability/logger.ts';
import { Metrics } from './observability/metrics.ts';
import { refuse } from './protocol/errors.ts';
import { startEmbedded } from './store/embedded/index.ts';
import { migrate } from './store/postgres/migrate.ts';
import { Postgres } from './store/postgres/Postgres.ts';
import { connectRedis } from './store/redis/Redis.ts';

const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

export interface DemoLink {
  readonly who: string;
  readonly url: string;
}

/**
 * The whole object graph of a node, in the order in which it is made; `close` goes the other way round. The only file that sees
 * everything: a port that one side declares is filled from the other side here.
 */
export class App {
  /** What this node listens on, `http://HOST:PORT`. */
  readonly address: string;
  readonly port: number;
  readonly server: Server;
  readonly demoLinks: readonly DemoLink[];
  readonly #closer: Closer;

  private constructor(parts: Pick<App, 'address' | 'port' | 'server' | 'demoLinks'>, closer: Closer) {
    this.address = parts.address;
    this.port = parts.port;
    this.server = parts.server;
    this.demoLinks = parts.demoLinks;
    this.#closer = closer;
  }

  static async create(config: Config, logger: Logger): Promise<App> {
    const closer = new Closer((step, err) => logger.error({ step, err }, 'closing failed'));
    try {
      return new App(await compose(config, logger, closer), closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}

async function compose(config: Config, logger: Logger, closer: Closer) {
  const metrics = new Metrics(config.NODE_ID);
  const health = new Health();
  closer.defer('readiness', () => health.drain());

  // Stores
  const { postgres, redis } = await composeStores(config, logger, closer);
  health.register('postgres', () => postgres.ping());
  health.register('redis', () => redis.ping());

  // Edges
  const http = createHttpApp({
    logger,
    metrics,
    health,
    routes: [],
    publicUrl: config.publicUrl,
    secure: config.publicUrl.startsWith('https:'),
    trustProxy: config.TRUST_PROXY,
    webFolder,
    authenticate: async () => {
      throw refuse('unauthenticated', 'sign in first');
    },
  });
  const server = await createListener(http, { ...config, host: config.HOST, port: config.PORT });
  closer.defer('listener', () => closeListener(server));

  const port = await listen(server, config.HOST, config.PORT);
  const address = `${config.tls ? 'https' : 'http'}://${config.HOST}:${port}`;
  logger.info({ address, node: config.NODE_ID }, 'listening');
  return { address, port, server, demoLinks: [] };
}

/** The embedded servers, or those that the environment names. */
async function composeStores(config: Config, logger: Logger, closer: Closer) {
  const { databaseUrl, redisUrl } = await storeUrls(config, logger, closer);
  const postgres = await Postgres.create(databaseUrl, (err) =>
    logger.warn({ err }, 'an idle database connection broke'),
  );
  closer.own('postgres', postgres);
  const applied = await migrate(postgres);
  if (applied.length > 0) logger.info({ applied }, 'database migrated');
  const redis = await connectRedis(redisUrl, (err) => logger.warn({ err }, 'Redis is away'));
  closer.defer('redis', () => redis.disconnect());
  return { postgres, redis, redisUrl };
}

async function storeUrls(config: Config, logger: Logger, closer: Closer) {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = config;
  if (databaseUrl && redisUrl) return { databaseUrl, redisUrl };
  const embedded = closer.own('embedded stores', await startEmbedded(config, logger));
  return { databaseUrl: databaseUrl ?? embedded.databaseUrl, redisUrl: redisUrl ?? embedded.redisUrl };
}
