import { readFileSync } from 'node:fs';

const DEFAULT_PORT = 6379;
const SENTINEL_PORT = 26_379;
/**
 * CL6: a node must have found the new master, with its lease, before others may say that it is not there: one look at a
 * master that has vanished, a pause, one at a sentinel that vanished with it, and a second until the next renewal.
 */
const LOOK_WITHIN_MS = 1_000;

/** What an operator says of Redis. */
export interface RedisSettings {
  /** With sentinels its host is the name of the master, as they know it. */
  readonly REDIS_URL: string;
  /** HOST:PORT of each, separated by commas. */
  readonly REDIS_SENTINELS?: string | undefined;
  readonly REDIS_SENTINEL_PASSWORD?: string | undefined;
  /** File with the authority of their certificates. */
  readonly REDIS_CA?: string | undefined;
}

/** As ioredis has them; every connection is made with these. */
export interface RedisOptions {
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly ca?: Buffer };
  readonly sentinels?: { readonly host: string; readonly port: number }[];
  readonly name?: string;
  readonly sentinelPassword?: string;
  readonly sentinelTLS?: { readonly ca?: Buffer };
  readonly enableTLSForSentinelMode?: boolean;
  readonly connectTimeout?: number;
  readonly sentinelRetryStrategy?: (attempt: number) => number;
  readonly reconnectOnError?: (error: Error) => boolean | 1;
}

/** All of it as one address, which `redisOptions` reads again. @throws Error that says what is wrong */
export function redisAddress({ REDIS_URL, REDIS_SENTINELS, REDIS_SENTINEL_PASSWORD, REDIS_CA }: RedisSettings): string {
  const at = new URL(REDIS_URL);
  if (REDIS_CA !== undefined && at.protocol !== 'rediss:')
    throw new Error('REDIS_CA is for Redis over TLS: let REDIS_URL begin with rediss://');
  if (REDIS_SENTINEL_PASSWORD !== undefined && REDIS_SENTINELS === undefined)
    throw new Error('REDIS_SENTINEL_PASSWORD is of sentinels: name them in REDIS_SENTINELS');
  if (REDIS_CA !== undefined) at.searchParams.set('ca', REDIS_CA);
  if (REDIS_SENTINELS !== undefined) {
    if (at.protocol === 'unix:' || at.port !== '')
      throw new Error('with REDIS_SENTINELS the host of REDIS_URL is the name of their master, without a port');
    for (const sentinel of REDIS_SENTINELS.split(',')) sentinelAt(sentinel.trim());
    at.searchParams.set('sentinels', REDIS_SENTINELS);
  }
  if (REDIS_SENTINEL_PASSWORD !== undefined) at.searchParams.set('sentinelPassword', REDIS_SENTINEL_PASSWORD);
  return at.href;
}

export function redisOptions(url: string): RedisOptions {
  const at = new URL(url);
  const said = (name: string): string | undefined => at.searchParams.get(name) ?? undefined;
  const [username, password] = [at.username, at.password].map(decodeURIComponent) as [string, string];
  const secret = password || said('password');
  const credentials = { ...(username && { username }), ...(secret && { password: secret }) };
  if (at.protocol === 'unix:')
    return { path: decodeURIComponent(at.pathname), ...credentials, ...database(said('db')) };
  const ca = said('ca');
  const tls = at.protocol === 'rediss:' ? { ...(ca && { ca: readFileSync(ca) }) } : undefined;
  const common = { ...credentials, ...database(at.pathname.slice(1) || said('db')), ...(tls && { tls }) };
  const sentinels = said('sentinels');
  const host = at.hostname.replace(/^\[|\]$/g, '');
  if (sentinels === undefined) return { ...common, host, port: Number(at.port || DEFAULT_PORT) };
  const sentinelPassword = said('sentinelPassword');
  return {
    ...common,
    name: decodeURIComponent(host),
    sentinels: sentinels.split(',').map((text) => sentinelAt(text.trim())),
    ...(sentinelPassword && { sentinelPassword }),
    ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
    connectTimeout: LOOK_WITHIN_MS,
    // It was the master a moment ago.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    sentinelRetryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
  };
}

/** The first of the sentinels itself, to see what keeps it from answering; undefined: there are none. */
export function sentinelOptions(url: string): RedisOptions | undefined {
  const { sentinels: [first] = [], sentinelPassword, tls } = redisOptions(url);
  return first && { ...first, ...(sentinelPassword && { password: sentinelPassword }), ...(tls && { tls }) };
}

const database = (text: string | undefined): { db?: number } => (text ? { db: Number(text) } : {});

function sentinelAt(text: string): { host: string; port: number } {
  const [, host, port = String(SENTINEL_PORT)] = /^(\[[^\]]+\]|[^:\s]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === undefined) throw new Error('REDIS_SENTINELS must be HOST:PORT of each sentinel, separated by commas');
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
