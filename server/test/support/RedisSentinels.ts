import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Closer } from '../../src/lib/Closer.ts';
import { redisAddress, redisOptions } from '../../src/lib/redisAddress.ts';
import { findRedis } from '../../src/store/embedded/binaries.ts';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import type { TestCertificate } from './testCertificate.ts';
import { until } from './until.ts';

const MASTER = 'dieu-hanh';
const SENTINELS = 3;
/** One is left when the other has become the master, which takes no writes without any. */
const REPLICAS = 2;

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

/**
 * Redis as the operator's guide has it: a master, two replicas, and three sentinels (`redis-sentinel` is the same program), all
 * over TLS and with passwords.
 */
export class RedisSentinels {
  /** Settings of a server. */
  readonly env: { readonly REDIS_URL: string; readonly REDIS_SENTINELS: string } & Record<string, string>;
  /** All of that in one. */
  readonly redisUrl: string;
  readonly #running: Map<number, Running>;
  readonly #sentinels: readonly number[];
  readonly #closer: Closer;
  readonly #url: (port: number) => string;

  private constructor(running: readonly Running[], sentinels: readonly number[], passwords: Passwords, closer: Closer) {
    this.#running = new Map(running.map((one) => [one.port, one]));
    this.#sentinels = sentinels;
    this.#closer = closer;
    this.env = {
      REDIS_URL: `rediss://:${passwords.redis}@${MASTER}`,
      REDIS_SENTINELS: sentinels.map((port) => `127.0.0.1:${port}`).join(','),
      REDIS_SENTINEL_PASSWORD: passwords.sentinel,
      REDIS_CA: passwords.ca,
    };
    this.redisUrl = redisAddress(this.env);
    const ca = encodeURIComponent(passwords.ca);
    this.#url = (port) => `rediss://:${passwords.sentinel}@127.0.0.1:${port}?ca=${ca}`;
  }

  static async create(certificate: TestCertificate): Promise<RedisSentinels> {
    const closer = new Closer(() => undefined);
    const folder = await mkdtemp(join(tmpdir(), 'dh-sentinel-'));
    closer.defer('folder', () => rm(folder, { recursive: true, force: true }));
    const [redis, sentinel] = [0, 1].map(() => randomBytes(18).toString('base64url')) as [string, string];
    const tls = [
      'port 0',
      'bind 127.0.0.1',
      `tls-cert-file "${certificate.cert}"`,
      `tls-key-file "${certificate.key}"`,
      `tls-ca-cert-file "${certificate.ca}"`,
      'tls-auth-clients no',
      'tls-replication yes',
      'save ""',
    ];
    const guarded = ['min-replicas-to-write 1', 'min-replicas-max-lag 3'];
    const start = async (name: string, settings: readonly string[], ...more: string[]): Promise<Running> => {
      const [port, place] = [await freePort(), join(folder, name)];
      await mkdir(place);
      const file = join(place, 'redis.conf');
      await writeFile(file, [...tls, `tls-port ${port}`, `dir "${place}"`, 'logfile log', ...settings].join('\n'));
      // A sentinel writes what it learns into this file.
      const child = spawn(findRedis(process.env), [file, ...more], { argv0: 'redis-server', stdio: 'ignore' });
      closer.defer(name, () => end(child));
      await until(`${name} listens`, async () => {
        if (child.exitCode !== null) throw new Error(await readFile(join(place, 'log'), 'utf8'));
        const log = await readFile(join(place, 'log'), 'utf8').catch(() => '');
        return /Ready to accept connections|Sentinel ID is/.test(log);
      });
      return { child, port };
    };
    try {
      const secrets = [...guarded, `requirepass ${redis}`, `masterauth ${redis}`];
      const master = await start('master', secrets);
      const replicas: Running[] = [];
      for (let nr = 0; nr < REPLICAS; nr += 1) {
        replicas.push(await start(`replica-${nr}`, [...secrets, `replicaof 127.0.0.1 ${master.port}`]));
        // Before that the master takes no writes.
        const log = join(folder, `replica-${nr}`, 'log');
        await until('the replica follows', async () => /Finished with success/.test(await readFile(log, 'utf8')));
      }
      const watch = [
        `requirepass ${sentinel}`,
        `sentinel sentinel-pass ${sentinel}`,
        `sentinel monitor ${MASTER} 127.0.0.1 ${master.port} 2`,
        `sentinel auth-pass ${MASTER} ${redis}`,
        `sentinel down-after-milliseconds ${MASTER} 500`,
        `sentinel failover-timeout ${MASTER} 1000`,
      ];
      const sentinels: number[] = [];
      for (let nr = 0; nr < SENTINELS; nr += 1)
        sentinels.push((await start(`sentinel-${nr}`, watch, '--sentinel')).port);
      return new RedisSentinels([master, ...replicas], sentinels, { redis, sentinel, ca: certificate.ca }, closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  /** Each sentinel knows the others and the replicas: from then on a master may be lost. */
  async settled(): Promise<void> {
    for (const port of this.#sentinels)
      await until('the sentinels know each other', async () => {
        const [, facts] = await this.#ask(port);
        const [others, replicas] = ['num-other-sentinels', 'num-slaves'].map((name) => Number(facts.get(name)));
        return others === SENTINELS - 1 && replicas === REPLICAS;
      });
  }

  /** Port of the one that is the master now, as the first sentinel has it. */
  async master(): Promise<number> {
    const [port] = await this.#ask(this.#sentinels[0] ?? 0);
    return port;
  }

  async killMaster(): Promise<void> {
    const master = this.#running.get(await this.master());
    if (master) await end(master.child, 'SIGKILL');
  }

  close(): Promise<void> {
    return this.#closer.close();
  }

  async #ask(sentinel: number): Promise<[port: number, facts: Map<string, string>]> {
    const redis = new Redis({ ...redisOptions(this.#url(sentinel)), lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      const told = (await redis.call('SENTINEL', 'MASTER', MASTER)) as string[];
      const facts = new Map(told.flatMap((name, i) => (i % 2 === 0 ? [[name, told[i + 1] ?? ''] as const] : [])));
      return [Number(facts.get('port')), facts];
    } finally {
      redis.disconnect();
    }
  }
}

interface Passwords {
  readonly redis: string;
  readonly sentinel: string;
  /** Path of the authority. */
  readonly ca: string;
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = happens(child, 'exit', 30_000);
  child.kill(signal);
  await gone;
}
