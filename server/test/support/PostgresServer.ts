import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type SystemAccount, storeAccount } from '../../src/store/embedded/account.ts';
import { findPostgres, installed } from '../../src/store/embedded/binaries.ts';
import { freePort } from './freePort.ts';
import { happens } from './happens.ts';
import { until } from './until.ts';

/** What `initdb` and `postgres` need of the environment. */
const ENV = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'Asia/Ho_Chi_Minh' };

/** The data of a PostgreSQL of an operator, before it runs. The system's own is taken before the one of the packages. */
export class PostgresData {
  readonly folder = mkdtempSync(join(tmpdir(), 'dh-external-'));
  readonly data = join(this.folder, 'data');
  readonly account: SystemAccount | undefined;
  readonly bin: string;
  /** Of the superuser, `postgres`. */
  readonly password: string;

  private constructor(account: SystemAccount | undefined, bin: string, password: string) {
    this.account = account;
    this.bin = bin;
    this.password = password;
    this.own(this.folder);
  }

  /** @param bin folder of its programs */
  static create(bin = postgresBins()[0] ?? ''): PostgresData {
    const account = storeAccount();
    const made = new PostgresData(account, bin, randomBytes(18).toString('base64url'));
    const passwordFile = made.write('password', made.password);
    const how = ['-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8'];
    made.#run(join(bin, 'initdb'), '-D', made.data, '-U', 'postgres', `--pwfile=${passwordFile}`, ...how);
    return made;
  }

  /** The same data once more: another server with the same identity, which may follow this one. */
  copy(): PostgresData {
    const copy = new PostgresData(this.account, this.bin, this.password);
    copy.#run('cp', '-a', this.data, copy.data);
    return copy;
  }

  /** A file beside the data, or in it, that the server may read. @returns its path */
  write(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    this.own(path);
    return path;
  }

  own(path: string): void {
    if (this.account) chownSync(path, this.account.uid, this.account.gid);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(program: string, ...args: string[]): void {
    const made = spawnSync(program, args, { ...this.account, cwd: this.folder, env: ENV, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`${program}: ${made.error?.message ?? made.stderr}`);
  }
}

/** Folders of programs of PostgreSQL on this machine, of one for each major version. */
export function postgresBins(): readonly string[] {
  const { TEST_POSTGRES_BIN: named } = process.env;
  const all = [...installed().map(({ bin }) => bin), findPostgres(process.env, storeAccount(), undefined)];
  return [...new Set(named === undefined ? all : [named, ...all])];
}

/** One that runs, on a port of loopback. */
export class PostgresServer {
  readonly data: PostgresData;
  readonly port: number;
  /** As the superuser. */
  readonly adminUrl: string;
  readonly #process: ChildProcess;

  private constructor(data: PostgresData, port: number, child: ChildProcess) {
    this.data = data;
    this.port = port;
    this.adminUrl = `postgresql://postgres:${data.password}@127.0.0.1:${port}/postgres`;
    this.#process = child;
  }

  /** Resolves when it answers. @param more of the environment */
  static async start(
    data: PostgresData,
    settings: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<PostgresServer> {
    const port = await freePort();
    const log = data.write('log', '');
    const all = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off', ...settings];
    const args = ['-D', data.data, ...all.flatMap((setting) => ['-c', setting])];
    const out = openSync(log, 'a');
    const child = spawn(join(data.bin, 'postgres'), args, {
      ...data.account,
      cwd: data.folder,
      env: { ...ENV, ...more },
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    const server = new PostgresServer(data, port, child);
    await until('PostgreSQL answers', () => server.#answers(log), 60_000);
    return server;
  }

  async ask<R extends object = Record<string, unknown>>(sql: string): Promise<readonly R[]> {
    const client = new Client({ connectionString: this.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** kill -9: its backends end when they see it. Resolves when nobody listens any more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    await until('nobody answers there', () =>
      this.ask('SELECT 1').then(
        () => false,
        () => true,
      ),
    );
  }

  /** It does not answer any more; with its data. */
  async close(): Promise<void> {
    await this.#end('SIGINT');
    this.data.remove();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = happens(this.#process, 'exit', 60_000);
    this.#process.kill(signal);
    await gone;
  }

  async #answers(log: string): Promise<boolean> {
    if (this.#process.exitCode !== null) throw new Error(`PostgreSQL ended: ${readFileSync(log, 'utf8')}`);
    return this.ask('SELECT 1').then(
      () => true,
      (error: { code?: string }) => {
        // 57P03: it does not take connections yet.
        if (error.code === 'ECONNREFUSED' || error.code === '57P03') return false;
        throw error;
      },
    );
  }
}
