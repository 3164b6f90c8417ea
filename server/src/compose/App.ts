import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { type DemoLink, loadDemo } from '../demo/loadDemo.ts';
import { Briefings } from '../domain/briefing/Briefings.ts';
import { Entrance } from '../domain/briefing/Entrance.ts';
import { identityOf } from '../domain/briefing/identity.ts';
import { Accounts } from '../domain/organisation/Accounts.ts';
import { Lists } from '../domain/organisation/Lists.ts';
import { Sessions } from '../domain/organisation/Sessions.ts';
import { SignIn } from '../domain/organisation/SignIn.ts';
import { Units } from '../domain/organisation/Units.ts';
import { attendanceRoutes } from '../edge/http/attendance/routes.ts';
import { authenticator } from '../edge/http/authenticate.ts';
import { briefingRoutes } from '../edge/http/briefing/routes.ts';
import { createHttpApp } from '../edge/http/createHttpApp.ts';
import { createWebServer } from '../edge/http/createWebServer.ts';
import { accountRoutes, listRoutes, unitRoutes } from '../edge/http/organisation/routes.ts';
import { sessionRoutes } from '../edge/http/organisation/sessionRoutes.ts';
import type { Route } from '../edge/http/route.ts';
import { upgrades } from '../edge/http/upgrades.ts';
import { refreshTtlSeconds } from '../edge/livekit/tokens.ts';
import { howToTrust, localCertificate, machineNames, SharedPort, sharedPortMetrics } from '../edge/sharedPort/index.ts';
import { Jobs } from '../jobs/Jobs.ts';
import { argon2Hasher } from '../lib/argon2Hasher.ts';
import { Closer } from '../lib/Closer.ts';
import { systemClock } from '../lib/clock.ts';
import { every } from '../lib/every.ts';
import { Health } from '../observability/health.ts';
import type { Logger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import { startEmbedded } from '../store/embedded/index.ts';
import { migrate } from '../store/postgres/base/migrate.ts';
import { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgBriefings } from '../store/postgres/briefing/PgBriefings.ts';
import { PgAccounts } from '../store/postgres/organisation/PgAccounts.ts';
import { PgSessions } from '../store/postgres/organisation/PgSessions.ts';
import { PgUnits } from '../store/postgres/organisation/PgUnits.ts';
import { limiters } from '../store/redis/limiters.ts';
import { connectRedis } from '../store/redis/Redis.ts';
import { composeAttendance, composeSheets } from './attendance.ts';
import { composeDirectives } from './directive.ts';
import { composeChannel, composeFloor } from './floor.ts';
import { composeMedia } from './media.ts';
import { composeReports } from './report.ts';
import { composeRollcall } from './rollcall.ts';

const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));
/** How late a node may notice that the tree was changed elsewhere. */
const ROSTER_CHECK_MS = 3_000;
/** Everybody joins as a listener; the floor lifts him. */
const LISTENER = { canPublish: false, canPublishData: false, canSubscribe: true } as const;
const SESSION_SWEEP_MS = 3_600_000;

/** What every part of the graph may use. */
export interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly closer: Closer;
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
  /** Ways to walk into the demo organisation; empty without it. */
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
      const base = { config, logger, metrics: new Metrics(config.NODE_ID), health: new Health(), closer };
      return new App(await compose(base), closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}

async function compose(base: Base) {
  const { config, logger, closer, health } = base;
  const stores = await composeStores(base);
  const organisation = await composeOrganisation(base, stores);
  const media = await composeMedia(base);
  const floor = composeFloor(base, stores.postgres, organisation.units, media.hall);
  const attendance = await composeAttendance(base, stores.postgres, organisation.units, floor.presence);
  const { briefings, expel } = await composeBriefings(base, stores, organisation, media, floor);

  const jobs = closer.own('jobs', Jobs.create(stores.redisUrl, logger));
  composeSheets(base, attendance, jobs, briefings);
  const rollcall = await composeRollcall(base, { ...stores, ...organisation, jobs, briefings });
  const directives = composeDirectives(base, { ...stores, ...organisation, ...floor, jobs, briefings });
  const server = await composeHttp(base, stores, organisation, media, briefings, [
    ...directives.routes,
    ...attendanceRoutes(attendance.service, briefings),
    ...composeReports(base, { ...stores, ...organisation, briefings, attendance: attendance.service, jobs }),
  ]);
  const { publicUrl } = config;
  const { redisUrl } = stores;
  const channel = composeChannel(base, {
    floor,
    rollcall,
    directives,
    expel,
    briefings,
    jobs,
    clock: attendance.clock,
    ...organisation,
    http: server,
    publicUrl,
    redisUrl,
  });
  jobs.start();
  const demo = config.DEMO ?? stores.embedded;
  const demoLinks = demo ? await loadDemo({ ...organisation, briefings, publicUrl, dataDir: config.DATA_DIR }) : [];

  const listener = await SharedPort.create({
    host: config.HOST,
    port: config.PORT,
    web: server,
    secureUrl: config.tls ? publicUrl : undefined,
    tcpPortOf: (ufrag) => media.sfu.tcpPortOf(ufrag),
    mediaHost: media.sfu.mediaHost,
  });
  closer.own('listener', listener);
  sharedPortMetrics(listener, base.metrics.registry);
  // First of all at the end: clients are told to connect anew while their sockets are still there.
  closer.defer('rooms', () => media.rooms.close());
  closer.defer('news of the hall', floor.unfollow);
  closer.own('order channel', channel);
  closer.defer('readiness', () => health.drain());
  const address = `${config.tls ? 'https' : 'http'}://${config.HOST}:${listener.port}`;
  logger.info({ address, node: config.NODE_ID }, 'listening');
  return { address, port: listener.port, server, demoLinks };
}

type Organisation = Awaited<ReturnType<typeof composeOrganisation>>;
type Media = Awaited<ReturnType<typeof composeMedia>>;
type Floor = ReturnType<typeof composeFloor>;

/** Briefings and the entrance of their rooms; those that ran before a restart are open again when this resolves. */
async function composeBriefings(
  { config, logger }: Base,
  { postgres }: Stores,
  { units, lists, accounts }: Organisation,
  { tokens, hall, forClients }: Media,
  { keeper, live }: Floor,
) {
  const store = new PgBriefings(postgres);
  const entrance = new Entrance({ running: (briefing) => live.get(briefing), store, clock: systemClock });
  tokens.guard((room, identity) => entrance.check(room, identity));
  const briefings = new Briefings({
    store,
    units,
    lists,
    stage: { open: (b) => keeper.open(b.id, b.stage), close: (b) => keeper.close(b.id) },
    removed: { has: (briefing, identity) => keeper.isRemoved(briefing, identity) },
    tokens: {
      issue: (who) => {
        entrance.readmit(who.identity);
        return tokens.issueJoin(who, LISTENER, refreshTtlSeconds);
      },
    },
    signalUrl: config.publicUrl.replace(/^http/, 'ws'),
    media: forClients,
    failed: (err, { id }) => logger.error({ err, briefing: id }, 'the room could not follow; the sweep tries again'),
  });
  briefings.on('changed', ({ id, state, epoch }) => logger.info({ briefing: id, state, epoch }, 'briefing changed'));
  const reopened = await briefings.reopen();
  if (reopened > 0) logger.info({ briefings: reopened }, 'running briefings reopened');
  /** Puts a device whose session ended out of the media room, whatever its token says. */
  const expel = (briefing: string, identity: string) => {
    entrance.expel(identity, refreshTtlSeconds);
    return hall.remove(briefing, identity);
  };
  accounts.on('deviceOut', (account, device) => {
    for (const briefing of live.briefings()) void expel(briefing, identityOf({ account, device }));
  });
  return { briefings, expel };
}

/** Page, API and LiveKit's HTTP on one server, which shares its upgrades with the sockets. */
async function composeHttp(
  base: Base,
  stores: Stores,
  organisation: Organisation,
  media: Media,
  briefings: Briefings,
  more: readonly Route[],
) {
  const { publicUrl, TRUST_PROXY: trustProxy } = base.config;
  const { units, accounts, lists, sessions, signIn } = organisation;
  const http = createHttpApp({
    ...base,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    trustProxy,
    webFolder,
    extensions: media.livekit.handlers,
    authenticate: authenticator(sessions, stores.limits.requests),
    routes: [
      ...sessionRoutes(signIn, sessions),
      ...unitRoutes(units),
      ...accountRoutes(accounts),
      ...listRoutes(lists),
      ...briefingRoutes(briefings),
      ...more,
    ],
  });
  const server = await createWebServer(http, await certificate(base));
  server.on('upgrade', upgrades([media.livekit], ['/socket.io/']));
  return server;
}

/** Where the certificate lies: the operator's, else one of the machine's own authority, else none is needed. */
async function certificate({ config, logger }: Base): Promise<{ cert?: string; key?: string }> {
  if (config.TLS_CERT && config.TLS_KEY) return { cert: config.TLS_CERT, key: config.TLS_KEY };
  if (!config.tls) return {};
  const names = machineNames([new URL(config.publicUrl).hostname, config.HOST]);
  const local = await localCertificate(join(config.DATA_DIR, 'tls'), names);
  for (const line of howToTrust(local).split('\n')) logger.info(line);
  return local;
}

/** PostgreSQL and Redis: the embedded children, or those that the environment names. */
async function composeStores({ config, logger, closer, health }: Base) {
  const { DATABASE_URL, REDIS_URL } = config;
  const embedded = DATABASE_URL && REDIS_URL ? undefined : await startEmbedded(config, logger);
  if (embedded) closer.own('embedded stores', embedded);
  const databaseUrl = DATABASE_URL ?? embedded?.databaseUrl ?? '';
  const redisUrl = REDIS_URL ?? embedded?.redisUrl ?? '';

  const idle = (err: Error) => logger.warn({ err }, 'an idle database connection broke');
  const postgres = closer.own('postgres', await Postgres.create(databaseUrl, idle));
  const applied = await migrate(postgres);
  if (applied.length > 0) logger.info({ applied }, 'database migrated');
  const redis = await connectRedis(redisUrl, (err) => logger.warn({ err }, 'Redis is away'));
  closer.defer('redis', () => redis.disconnect());
  health.register('postgres', () => postgres.ping());
  health.register('redis', () => redis.ping());
  return { postgres, redis, redisUrl, limits: limiters(redis), embedded: DATABASE_URL === undefined };
}

type Stores = Awaited<ReturnType<typeof composeStores>>;

/** Units, people, and how they prove who they are. */
async function composeOrganisation({ config, logger, closer }: Base, { postgres, limits }: Stores) {
  const unitStore = new PgUnits(postgres);
  const accountStore = new PgAccounts(postgres);
  const sessionStore = new PgSessions(postgres);
  const units = await Units.create(unitStore);
  const failed = (err: unknown) => logger.warn({ err }, 'a sweep failed; the next one tries again');
  closer.own(
    'roster check',
    every(ROSTER_CHECK_MS, () => units.refresh(), failed),
  );
  closer.own(
    'session sweep',
    every(SESSION_SWEEP_MS, () => sessionStore.sweep(), failed),
  );
  return {
    units,
    unitStore,
    accountStore,
    accounts: new Accounts({
      store: accountStore,
      units,
      hasher: argon2Hasher,
      publicUrl: config.publicUrl,
      logger,
    }),
    lists: new Lists(unitStore, units),
    sessions: new Sessions(sessionStore, units, systemClock),
    signIn: new SignIn(accountStore, argon2Hasher, limits, logger),
  };
}
