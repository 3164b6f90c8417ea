import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { storeAccount } from '../../../src/store/embedded/account.ts';
import { findPostgres, installed } from '../../../src/store/embedded/binaries.ts';
import { freePort } from '../freePort.ts';
import { happens } from '../happens.ts';
import { until } from '../until.ts';

/** What `initdb` and `postgres` need of the environment. */
const ENV = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'Asia/Ho_Chi_Minh' };

/**
 * A PostgreSQL as an operator has one: reached by TCP with a password, as an ordinary role that owns its database and may make others, or as
 * another that owns nothing; in another time zone, and with other habits of writing dates. The system's own is taken before the one of the packages, so that both versions are tried.
 */
export class ExternalPostgres {
  /** As the role that owns it. */
  readonly databaseUrl: string;
  /** As the role of a server. */
  readonly serverUrl: string;
  /** Full version, for the log. */
  readonly version: string;
  readonly #server: ChildProcess;
  readonly #folder: string;

  private constructor(url: (role: string) => string, version: string, server: ChildProcess, folder: string) {
    this.databaseUrl = url('operator');
    this.serverUrl = url('operator_server');
    this.version = version;
    this.#server = server;
    this.#folder = folder;
  }

  static async create(): Promise<ExternalPostgres> {
    const account = storeAccount();
    const bin = process.env.TEST_POSTGRES_BIN ?? installed()[0]?.bin ?? findPostgres(process.env, account, undefined);
    const folder = mkdtempSync(join(tmpdir(), 'dh-external-'));
    const [password, port] = [randomBytes(18).toString('base64url'), await freePort()];
    const [data, passwordFile, log] = ['data', 'password', 'log'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(passwordFile, password);
    for (const path of [folder, passwordFile]) if (account) chownSync(path, account.uid, account.gid);
    const how = { ...account, cwd: folder, env: ENV };
    const initdb = [
      '-D',
      data,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ];
    const made = spawnSync(join(bin, 'initdb'), initdb, { ...how, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb of ${bin}: ${made.error?.message ?? made.stderr}`);
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      'unix_socket_directories=',
      'datestyle=SQL, DMY',
      'bytea_output=escape',
      'fsync=off', // its data is thrown away
    ];
    const out = openSync(log, 'w');
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const server = spawn(join(bin, 'postgres'), args, { ...how, stdio: ['ignore', out, out] });
    const ended = once(server, 'exit').then(() =>
      Promise.reject(new Error(`PostgreSQL ended: ${readFileSync(log, 'utf8')}`)),
    );
    ended.catch(() => undefined);
    const admin = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    const version = await Promise.race([
      until('PostgreSQL answers', () => prepare(admin, password).catch(starting), 60_000),
      ended,
    ]);
    return new ExternalPostgres(
      (role) => `postgresql://${role}:${password}@127.0.0.1:${port}/operator`,
      version,
      server,
      folder,
    );
  }

  async close(): Promise<void> {
    const gone = happens(this.#server, 'exit', 60_000);
    if (this.#server.exitCode === null && this.#server.signalCode === null) {
      this.#server.kill('SIGINT');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Makes the role and its database. @returns the version */
async function prepare(url: string, password: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE ROLE operator LOGIN CREATEDB PASSWORD '${password}'`);
    await client.query(`CREATE ROLE operator_server LOGIN PASSWORD '${password}'`);
    await client.query('CREATE DATABASE operator OWNER operator');
    // For the test that tampers: who can do this can do anything with its tables.
    await client.query('GRANT SET ON PARAMETER session_replication_role TO operator');
    const { rows } = await client.query('SHOW server_version');
    return rows[0].server_version;
  } finally {
    await client.end();
  }
}

/** 57P03: it does not take connections yet. */
function starting(error: Error & { code?: string }): undefined {
  if (error.code === 'ECONNREFUSED' || error.code === '57P03') return undefined;
  throw error;
}
