import { isIP } from 'node:net';
import { availableParallelism, hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { addressList } from './lib/addressList.ts';
import { databaseServers } from './lib/databaseAddress.ts';
import { isLoopback } from './lib/isLoopback.ts';
import { redisAddress } from './lib/redisAddress.ts';
import { StartRefusal } from './lib/StartRefusal.ts';

const httpUrl = z.url({ protocol: /^https?$/ });

/** Addresses that are separated by commas. */
export const urlsIn = (text: string): string[] => text.split(',').flatMap((url) => url.trim() || []);

/** Public keys of age, separated by commas or blanks. */
export const recipientsIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** Of libpq's form, with several servers too. */
const databaseUrl = z.string().superRefine((url, { addIssue }) => {
  try {
    databaseServers(url);
  } catch (error) {
    addIssue({ code: 'custom', message: (error as Error).message });
  }
});

const port = z.coerce.number().int().min(1).max(65535);
const flag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off', ''])
  .transform((v) => v === '1' || v === 'true' || v === 'on');

const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be two ports, FIRST-LAST')
  .transform((text): [number, number] => text.split('-').map(Number) as [number, number])
  .refine(
    ([first, last]) => first >= 1024 && first <= last && last <= 65_535,
    'must be ports of 1024 to 65535, FIRST-LAST',
  );

const envSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: httpUrl.optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  /** A server of RFC 8555 that gives certificates for the host of PUBLIC_URL, … */
  ACME_DIRECTORY: z.url({ protocol: /^https$/ }).optional(),
  /** … the address that it writes to, the file of the authority of its own TLS where Node does not know it, … */
  ACME_CONTACT: z.email().optional(),
  ACME_CA: z.string().optional(),
  /** … and the port at which it asks: 80, or the one that port 80 of the public name leads to. */
  ACME_HTTP_PORT: port.default(80),
  TRUST_PROXY: z.string().optional(),
  /** Where programs of the operator ask: RoomService, metrics, what is not ready, the OpenAPI text. */
  API_HOST: z.string().min(1).default('127.0.0.1'),
  /** The port after `PORT`, unless told otherwise; 0 takes a free one. */
  API_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATA_DIR: z.string().default('.data'),
  /** TLS by `sslmode=verify-full` and `sslrootcert=FILE`; of several servers (`@one:5432,two:5432/`) the one that takes writes. */
  DATABASE_URL: databaseUrl.optional(),
  /** Of the role that owns the tables, for migrations; unset: DATABASE_URL's does, or somebody else migrates. */
  DATABASE_OWNER_URL: databaseUrl.optional(),
  /** TLS by `rediss://`; with sentinels its host is the name of their master. */
  REDIS_URL: z.url({ protocol: /^(rediss?|unix)$/ }).optional(),
  /** HOST:PORT of each sentinel, separated by commas, their password, … */
  REDIS_SENTINELS: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  /** … and the file of the authority of Redis' certificates, where Node does not know it. */
  REDIS_CA: z.string().optional(),
  /** API keys of programs (`dh keys`); unset: `api-keys.json` in DATA_DIR. */
  API_KEYS_FILE: z.string().optional(),
  /** AU17: by what the server knows receipts that it gave; unset: `receipt-keys.json` in DATA_DIR. */
  RECEIPT_KEYS_FILE: z.string().optional(),
  LIVEKIT_API_KEY: z.string().min(1).optional(),
  LIVEKIT_API_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  /** What starts the worker with next to no rights (decision 032); `npm start` sets it. */
  MEDIA_LAUNCHER: z.string().optional(),
  MEDIA_WORKERS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  MEDIA_LISTEN_IP: z
    .string()
    .refine((v) => isIP(v) !== 0, 'must be an IP address')
    .optional(),
  MEDIA_ANNOUNCED_ADDRESS: z.string().optional(),
  MEDIA_PORT: port.default(40000),
  /** Behind a proxy, which passes no ICE: where media over TCP is taken instead of at the page's port. */
  MEDIA_TCP_PORT: port.optional(),
  /** CL23: where other nodes send media to, and from where they get it. Unset: the address that clients are told. */
  PIPE_ADDRESS: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** UDP ports for it, first and last. */
  PIPE_PORTS: portRange.default([41_000, 41_999]),
  SFU_CONFIG: z.string().optional(),
  NODE_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default(
      hostname()
        .replace(/[^A-Za-z0-9_-]/g, '-')
        .slice(0, 64),
    ),
  REGION: z.string().default('default'),
  /** CL3: by what nodes know each other, or the file that holds it; unset: `cluster-secret` in DATA_DIR. */
  CLUSTER_SECRET: z.string().optional(),
  CLUSTER_SECRET_FILE: z.string().optional(),
  /**
   * Other nodes may work beside this one; all of them have to say so, and a node that joins or shares its stores (NJ1, NJ4)
   * does so by that.
   */
  ALLOW_SECOND_NODE: flag.default(false),
  /** `npm start -- --join`: a node that this one is to work beside, and that tells it where everything is. */
  JOIN_URL: httpUrl.optional(),
  /** `npm start -- --share`: the address of this machine at which other nodes reach the PostgreSQL and Redis that it brings. */
  SHARE_STORES: z
    .string()
    .refine((v) => isIP(v) !== 0, 'must be an IP address of this machine')
    .optional(),
  /** PL7: where clients reach the media of this node, when it has a name of its own beside that of PUBLIC_URL. */
  NODE_URL: httpUrl.optional(),
  /** PL1: Mbit/s that its line may give to media; unset: more than its cores can send. */
  NODE_MBIT: z.coerce.number().int().min(10).max(10_000_000).optional(),
  /** PL16, PL20: joins of a briefing that this node takes, a second. */
  JOINS_PER_SECOND: z.coerce.number().int().min(1).max(10_000).default(20),
  /** PL3, PL22: participants, and devices, that a node which drains sends to others at most, a second. */
  DRAIN_PER_SECOND: z.coerce.number().int().min(1).max(10_000).default(60),
  /** PL4: how long an orderly stop may take for that, where there are others. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(3_600).default(60),
  /** "Present" by rule, for briefings that are opened from now on: this share of the live time, in percent, … */
  ATTENDANCE_PERCENT: z.coerce.number().int().min(1).max(100).default(80),
  /** … and the last round that asked the unit not missed. */
  ATTENDANCE_LAST_ROUND: flag.default(true),
  /** A unit that is back within this time did not leave. */
  ATTENDANCE_RECONNECT_SECONDS: z.coerce.number().int().min(0).max(300).default(15),
  /**
   * CH11, CL63: order channels that this node may let in, a second: sizes within which time its devices come back when they
   * lose it.
   */
  RETURNS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).optional(),
  /**
   * Connections of a port from one address that have not signed in. A commune that comes back has six at once for the
   * page, its order channel, its media room and, without UDP, two for media: 700 of them behind one address have 7,000,
   * if all are slower than the first of them to sign in.
   */
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(10).max(1_000_000).default(8_000),
  /** Addresses and networks without such a limit. */
  CONNECTIONS_EXCEPT: z
    .string()
    .default('')
    .refine((list) => isAddressList(list), 'must be addresses and networks, separated by commas'),
  /**
   * All connections of a port. The 10,056 units of the country with two sockets each have 20,112, which have signed in;
   * more than half of them may load the page at the same moment, with six each.
   */
  CONNECTIONS: z.coerce.number().int().min(10).max(10_000_000).default(60_000),
  /** Whom people ring when the page does not help any more; every page says it that has to refuse somebody. */
  SUPPORT_TELEPHONE: z
    .string()
    .trim()
    .regex(/^\+?\d[\d ().#-]{2,39}$/, 'must be one telephone number')
    .optional(),
  /** Whether browsers may hold the shell (SW6); `off` takes it from those that do. */
  SHELL_WORKER: flag.default(true),
  /** AU19: folder for a backup each day; unset: the server makes none. */
  BACKUP_DIR: z.string().optional(),
  /** When, by the clock of the machine, … */
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be an hour and a minute, HH:MM')
    .default('02:30'),
  /** … how many of them are kept, … */
  BACKUP_KEEP: z.coerce.number().int().min(1).max(10_000).default(14),
  /** … and AU18: the public keys of age (age1…) that each backup is encrypted to. */
  BACKUP_RECIPIENTS: z
    .string()
    .default('')
    .refine((keys) => recipientsIn(keys).every((key) => /^age1[0-9a-z]{20,}$/.test(key)), 'must be public keys of age'),
  WEBHOOK_URLS: z
    .string()
    .default('')
    .refine((urls) => urlsIn(urls).every((url) => httpUrl.safeParse(url).success), 'must be http(s) addresses'),
  /** FG40: the sources of figures that this server asks, as JSON. */
  FIGURE_PULLS_FILE: z.string().optional(),
  /** WH8: whether webhooks may be delivered to this machine itself. */
  HOOKS_LOOPBACK: flag.default(false),
  /** LiveKit's SimulateScenario requests, for conformance tests and drills; never on in production. */
  ALLOW_SIMULATE: flag.default(false),
  /** A PostgreSQL that may lose what it has committed, for tests, whose data are thrown away. */
  ALLOW_DATA_LOSS: flag.default(false),
  /** The demo organisation and its links; unset: where the data are a demo (`compose/demo.ts`). */
  DEMO: flag.optional(),
  /** Of a new demo: the country of so many provinces; unset: 63. */
  DEMO_TREE: z.enum(['63', '34']).optional(),
  /** Whether a new demo gets thirty days of simulated figures. */
  DEMO_FIGURES: flag.default(true),
  /** Whether the first page of a demo offers its people, with their links, to whoever opens it (DC7). */
  DEMO_ROLES: flag.default(true),
  /** Made-up units that get a link in a demo; `npm start` names 200 and brings them (DC8). */
  DEMO_CROWD: z.coerce.number().int().min(0).max(2_000).default(0),
  NODE_ENV: z.string().optional(),
  /** Set by systemd: which stream is the journal. */
  JOURNAL_STREAM: z.string().optional(),
  /** HT18: days that security events, which have whole addresses of clients, are kept in DATA_DIR. */
  LOG_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  /** Unset: `warn` where a demo can be, else `info` (DC10). */
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
});

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(envSchema.shape);

function isAddressList(list: string): boolean {
  try {
    return Boolean(addressList(list));
  } catch {
    return false;
  }
}

export type Config = z.output<typeof envSchema> & {
  readonly RETURNS_PER_SECOND: number;
  /** With all that the other settings say of it (`lib/redisAddress`). */
  readonly REDIS_URL: string | undefined;
  readonly publicUrl: string;
  readonly tls: boolean;
  readonly API_PORT: number;
  /** Whether programs ask over TLS: wherever others could listen on the way. */
  readonly apiTls: boolean;
  /** Where they ask; with port 0 it is known when it listens. */
  readonly apiUrl: string;
  /** Where media listens: where the page does, unless told otherwise. */
  readonly MEDIA_LISTEN_IP: string;
};

/** CL63: what one core of signalling lets in beside its other work, where a proxy speaks TLS and where the node does. */
const RETURNS = { behindProxy: 500, byOwnTls: 200 };

/** @throws StartRefusal */
function wholeRedis({ REDIS_URL, REDIS_SENTINELS, ...more }: z.output<typeof envSchema>): string | undefined {
  if (REDIS_URL === undefined) {
    if (REDIS_SENTINELS !== undefined || more.REDIS_CA !== undefined)
      throw new StartRefusal('REDIS_SENTINELS and REDIS_CA are for a Redis of your own: name it in REDIS_URL');
    return undefined;
  }
  try {
    return redisAddress({ ...more, REDIS_URL, REDIS_SENTINELS });
  } catch (error) {
    throw new StartRefusal((error as Error).message, { cause: error });
  }
}

/** Listening on every address, a machine is called by its name. */
const called = (host: string): string => (host === '0.0.0.0' || host === '::' ? hostname() : host);

/** PL7: what the policy of the page can allow without knowing which nodes there will be. */
function liesBelow(node: string, site: string | undefined): boolean {
  if (site === undefined) return false;
  const [its, name] = [new URL(node), new URL(site)];
  if (its.protocol !== name.protocol || its.pathname !== '/') return false;
  return its.hostname === name.hostname || (isIP(name.hostname) === 0 && its.hostname.endsWith(`.${name.hostname}`));
}

/**
 * Reads the environment once, at start.
 * @throws StartRefusal that names each variable that is wrong and what it should be.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = envSchema.safeParse(Object.fromEntries(Object.entries(env).filter(([, v]) => v !== '')));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
    throw new StartRefusal(`the environment is not usable:\n  ${lines.join('\n  ')}`);
  }
  const config = parsed.data;
  if (config.NODE_ENV === 'production' && config.ALLOW_DATA_LOSS)
    throw new StartRefusal('ALLOW_DATA_LOSS is for tests and not possible in production: unset it');
  if (config.SHARE_STORES !== undefined && (config.DATABASE_URL ?? config.REDIS_URL) !== undefined)
    throw new StartRefusal(
      'SHARE_STORES is for the PostgreSQL and the Redis that a node brings: with DATABASE_URL and REDIS_URL others reach them there, and ALLOW_SECOND_NODE=on is enough',
    );
  if (config.MEDIA_TCP_PORT !== undefined && !config.TRUST_PROXY)
    throw new StartRefusal(
      'MEDIA_TCP_PORT is for a server behind a proxy (TRUST_PROXY); without one media over TCP goes by PORT: leave it out',
    );
  if (config.CLUSTER_SECRET !== undefined && config.CLUSTER_SECRET_FILE !== undefined)
    throw new StartRefusal('CLUSTER_SECRET and CLUSTER_SECRET_FILE are both set: leave one of them out');
  if (config.NODE_URL !== undefined && !liesBelow(config.NODE_URL, config.PUBLIC_URL))
    throw new StartRefusal(
      'NODE_URL must be PUBLIC_URL with another port, or a name below its name (https://a.name beside https://name): only such are named to pages',
    );
  const loopback = isLoopback(config.HOST);
  if (!loopback && /^\d+$/.test(config.TRUST_PROXY ?? ''))
    throw new StartRefusal(
      'TRUST_PROXY is a number, which everybody who reaches HOST could say that they are: name the addresses of the proxies instead',
    );
  const tls = Boolean(config.TLS_CERT) || (!loopback && !config.TRUST_PROXY);
  const apiTls = !isLoopback(config.API_HOST) && !config.TRUST_PROXY;
  const apiPort = config.API_PORT ?? (config.PORT < 65535 ? config.PORT + 1 : config.PORT - 1);
  return {
    ...config,
    ALLOW_SECOND_NODE: config.ALLOW_SECOND_NODE || config.SHARE_STORES !== undefined || config.JOIN_URL !== undefined,
    ...(config.NODE_URL && { NODE_URL: config.NODE_URL.replace(/\/$/, '') }),
    REDIS_URL: wholeRedis(config),
    RETURNS_PER_SECOND: config.RETURNS_PER_SECOND ?? (tls ? RETURNS.byOwnTls : RETURNS.behindProxy),
    DATA_DIR: resolve(config.DATA_DIR),
    API_PORT: apiPort,
    apiTls,
    apiUrl: `${apiTls ? 'https' : 'http'}://${called(config.API_HOST)}:${apiPort}`,
    MEDIA_LISTEN_IP: config.MEDIA_LISTEN_IP ?? (loopback ? '127.0.0.1' : isIP(config.HOST) ? config.HOST : '0.0.0.0'),
    tls,
    publicUrl: (config.PUBLIC_URL ?? `${tls ? 'https' : 'http'}://${called(config.HOST)}:${config.PORT}`).replace(
      /\/$/,
      '',
    ),
  };
}
