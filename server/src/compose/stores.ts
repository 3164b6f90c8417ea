import { Bus } from '../cluster/bus/Bus.ts';
import { BusKeys } from '../cluster/bus/BusKeys.ts';
import { KeyBox } from '../cluster/bus/KeyBox.ts';
import { BEAT_WITHIN_MS } from '../cluster/membership/Beats.ts';
import { countNodes } from '../cluster/membership/countNodes.ts';
import { Fence } from '../cluster/membership/Fence.ts';
import { alone, Membership } from '../cluster/membership/Membership.ts';
import { requireKin } from '../cluster/membership/requireKin.ts';
import { Requests } from '../cluster/requests/Requests.ts';
import { stamperOf } from '../domain/record/stamp.ts';
import { Jobs } from '../jobs/Jobs.ts';
import type { HealthCheck } from '../observability/health.ts';
import { startEmbedded } from '../store/embedded/index.ts';
import { DatabaseClock } from '../store/postgres/base/DatabaseClock.ts';
import { migrationNames } from '../store/postgres/base/migrationFiles.ts';
import { NodeLock } from '../store/postgres/base/NodeLock.ts';
import { databaseRefusal, openDatabase } from '../store/postgres/base/openDatabase.ts';
import { Postgres } from '../store/postgres/base/Postgres.ts';
import { hasNoBeats, PgBeats } from '../store/postgres/nodes/PgBeats.ts';
import { limiters } from '../store/redis/limiters.ts';
import { connectRedis, pingRedis } from '../store/redis/Redis.ts';
import { RedisBackups } from '../store/redis/RedisBackups.ts';
import type { Base } from './Base.ts';
import { clusterSecrets } from './clusterSecrets.ts';
import { receiptKeys } from './receiptKeys.ts';
import { sharedStores, shareWanted } from './shareStores.ts';

/**
 * PostgreSQL and Redis, the embedded children or those that the environment names; and what stands on Redis: jobs, and
 * the bus between nodes.
 */
export async function composeStores({ config, logger, metrics, closer, health }: Base) {
  const { DATABASE_URL, REDIS_URL } = config;
  const share = await shareWanted(config);
  const { DATA_DIR } = config;
  const embedded = DATABASE_URL && REDIS_URL ? undefined : await startEmbedded({ DATA_DIR, share }, logger);
  if (embedded) closer.own('embedded stores', embedded);
  const databaseUrl = DATABASE_URL ?? embedded?.databaseUrl ?? '';
  const ownerUrl = DATABASE_URL ? config.DATABASE_OWNER_URL : embedded?.ownerUrl;
  const redisUrl = REDIS_URL ?? embedded?.redisUrl ?? '';

  // A lock may be lost before there is anything to shut: then the start sees it when it claims.
  let opened: Postgres | undefined;
  const lock = await NodeLock.create(databaseUrl, {
    node: config.NODE_ID,
    shared: config.ALLOW_SECOND_NODE,
    lost: (err) => {
      opened?.shut('this node does not know whether it may still serve this database; nothing was recorded');
      logger.warn({ err }, 'the node lock is lost; until it is regained nothing is recorded');
    },
    regained: () => {
      opened?.open();
      logger.info('the node lock is regained');
    },
  });
  closer.own('node lock', lock);
  const idle = (err: Error) => logger.warn({ err }, 'an idle database connection broke');
  const tell = (line: string) => logger.info(line);
  const stampKeys = await receiptKeys(config, new Date());
  const options = { idleError: idle, tell, mayLose: config.ALLOW_DATA_LOSS, stamper: stamperOf(stampKeys) };
  const schema = (await migrationNames()).at(-1) ?? '';
  const secrets = await clusterSecrets(config);
  const keys = BusKeys.of(secrets);
  // Before it migrates what others are working with.
  if (config.ALLOW_SECOND_NODE) await meetOthers({ redisUrl, databaseUrl: ownerUrl ?? databaseUrl }, keys, schema);
  const { postgres } = await openDatabase({ databaseUrl, ownerUrl }, options);
  closer.own('postgres', postgres);
  opened = postgres;
  const carrying = config.ALLOW_SECOND_NODE
    ? closer.own('carrying', await Postgres.create(databaseUrl, idle, 1))
    : postgres;
  await lock.claim(postgres);
  const clock = new DatabaseClock();
  await clock.measure(postgres);
  const redis = await connectRedis(redisUrl, (err) => logger.warn({ err }, 'Redis is away'));
  closer.defer('redis', () => redis.disconnect());
  health.register('postgres', () => postgres.ping());
  health.register('redis', () => pingRedis(redis));

  const jobs = closer.own('jobs', Jobs.create(redisUrl, logger));
  const { registry } = metrics;
  let membership: Membership | undefined;
  const fence = config.ALLOW_SECOND_NODE
    ? closer.own('fence', Fence.create({ hasOthers: () => membership?.mayHaveOthers ?? false, logger }))
    : undefined;
  const isFenced = fence ? () => fence.isUp() : () => false;
  const bus = closer.own(
    'bus',
    Bus.create({ redisUrl, node: config.NODE_ID, keys, clock, isFenced, logger, registry }),
  );
  if (config.ALLOW_SECOND_NODE) {
    const beats = new PgBeats(closer.own('beats', await PgBeats.connect(databaseUrl, idle, BEAT_WITHIN_MS)));
    membership = closer.own(
      'membership',
      await Membership.create({
        ...{ redis, keys, beats, self: bus.self, schema, clock },
        renewing: () => fence?.renewing() ?? (() => undefined),
      }),
    );
  }
  if (membership) health.register('nodes', knowsOthers(membership));
  countNodes(registry, membership);
  const requests = new Requests({ bus, nodes: membership ?? alone, logger });
  const keyBox = KeyBox.of(secrets);
  return {
    postgres,
    carrying,
    stampKeys,
    clock,
    limits: limiters(redis),
    databaseUrl,
    redisUrl,
    backups: new RedisBackups(redis),
    jobs,
    bus,
    membership,
    fence,
    isFenced,
    requests,
    keyBox,
    secrets,
    shared: sharedStores(config, embedded, share?.ca),
    over: lock.over,
  };
}

/** CL6: who has begun is not ready before it can answer for all nodes. Later on the check of Redis says when it cannot. */
function knowsOthers(membership: Membership): HealthCheck {
  let hasKnown = false;
  return () => {
    hasKnown ||= membership.known !== undefined;
    if (!hasKnown) throw new Error('it is not known yet which other nodes there are');
  };
}

/**
 * Reads beats by the owner of the tables where it is known: the role of the server has its rights from a later step. (CL5, CL68)
 * @throws StartRefusal when this node may not work beside the others
 */
async function meetOthers(
  { redisUrl, databaseUrl }: { readonly redisUrl: string; readonly databaseUrl: string },
  keys: BusKeys,
  schema: string,
): Promise<void> {
  const ignore = () => undefined;
  const postgres = await Postgres.create(databaseUrl, ignore, 1).catch((error: unknown) => {
    throw databaseRefusal(databaseUrl, error);
  });
  try {
    const redis = await connectRedis(redisUrl, ignore);
    const beats = (await hasNoBeats(postgres)) ? undefined : new PgBeats(postgres);
    await requireKin({ redis, keys, schema, beats }).finally(() => redis.disconnect());
  } finally {
    await postgres.close();
  }
}
