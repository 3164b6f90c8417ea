import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { storeAccount } from '../../server/src/store/embedded/account.ts';
import { findPostgres, findRedis } from '../../server/src/store/embedded/binaries.ts';
import { happens } from '../../server/test/support/happens.ts';
import { until } from '../../server/test/support/until.ts';
import { root } from '../setup/place.mjs';
import { type ComposeFile, filesOf } from './composeFile.ts';

const USUAL = { postgres: 5432, redis: 6379 };

/**
 * The stores of docker-compose.yml as its engine would run them, but from this machine's programs, on the usual ports of loopback: PostgreSQL of
 * the same major version with the same settings, Redis by the same command.
 */
export class Stores {
  /** Where deploy lies, with certificates as deploy/certificates.sh makes them. */
  readonly project: string;
  readonly #folder: string;
  readonly #running: readonly ChildProcess[];

  private constructor(folder: string, project: string, running: readonly ChildProcess[]) {
    this.project = project;
    this.#folder = folder;
    this.#running = running;
  }

  /** @param major of the PostgreSQL that compose names; undefined: whichever is here */
  static async create({ services }: ComposeFile, major: number | undefined, ports = USUAL): Promise<Stores> {
    const account = storeAccount();
    const folder = mkdtempSync(join(tmpdir(), 'dh-image-'));
    const own = (path: string) => {
      mkdirSync(path);
      if (account) chownSync(path, account.uid, account.gid);
      return path;
    };
    if (account) chownSync(folder, account.uid, account.gid);
    const how = { ...account, cwd: folder };
    const project = layFiles(folder);
    /** A text with paths of a container, with those of what lies there here; the account owns it, as in the container. */
    const here = (text: string, service: { readonly volumes: ComposeFile['services']['app']['volumes'] }) => {
      let found = text;
      for (const [inside, source] of filesOf(service)) {
        const copy = join(folder, basename(inside));
        copyFileSync(join(project, source), copy);
        if (account) chownSync(copy, account.uid, account.gid);
        found = found.replaceAll(inside, copy);
      }
      return found.replaceAll('/run/postgres.key', join(folder, 'postgres.key'));
    };

    const { POSTGRES_USER = '', POSTGRES_DB = '', POSTGRES_PASSWORD = '', ...settings } = services.postgres.environment;
    const bin = findPostgres(process.env, account, major);
    const data = join(own(join(folder, 'postgres')), 'data');
    const password = join(folder, 'password');
    writeFileSync(password, POSTGRES_PASSWORD);
    if (account) chownSync(password, account.uid, account.gid);
    const args = ['-D', data, '-U', POSTGRES_USER, `--pwfile=${password}`, '-A', 'scram-sha-256'];
    const more = (settings.POSTGRES_INITDB_ARGS ?? '').split(' ');
    const made = spawnSync(join(bin, 'initdb'), [...args, ...more], { ...how, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
    const [, ...told] = services.postgres.command.map((word) => here(word, services.postgres));
    const listen = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, '-p', `${ports.postgres}`];
    const postgres = spawn(join(bin, 'postgres'), ['-D', data, ...told, ...listen], { ...how, stdio: 'ignore' });

    const [shell = 'sh', ...words] = services.redis.command;
    const programs = own(join(folder, 'programs'));
    symlinkSync(findRedis(process.env), join(programs, 'redis-server'));
    const redisData = own(join(folder, 'redis'));
    const command = words.map((word) =>
      here(word, services.redis)
        .replace(/^dir \/data$/m, `dir ${redisData}\nbind 127.0.0.1`)
        .replace(/^tls-port \d+$/m, `tls-port ${ports.redis}`),
    );
    const env = { ...services.redis.environment, PATH: `${programs}:/usr/bin:/bin` };
    const redis = spawn(shell, command, { ...how, cwd: redisData, env, stdio: 'ignore' });

    const stores = new Stores(folder, project, [postgres, redis]);
    try {
      const admin = {
        ...{ host: '127.0.0.1', port: ports.postgres, user: POSTGRES_USER, password: POSTGRES_PASSWORD },
        ...{ database: 'postgres', ssl: { ca: readFileSync(join(project, 'deploy/tls/ca.pem')) } },
      };
      await until('PostgreSQL makes the database', () => ask(admin, `CREATE DATABASE ${POSTGRES_DB}`), 60_000);
      if (!(await ask({ ...admin, database: POSTGRES_DB }, rolesScript(settings.SERVER_PASSWORD ?? ''))))
        throw new Error('deploy/roles.sh: PostgreSQL does not take its statements');
      const [, check = ''] = services.redis.healthcheck.test.map((word) =>
        here(word, services.redis).replace('redis-cli ', `redis-cli -p ${ports.redis} `),
      );
      const well = () => spawnSync('sh', ['-c', check], { env }).status === 0;
      await until(`Redis is well, by "${check}"`, well, 30_000);
      return stores;
    } catch (error) {
      await stores.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const store of this.#running) {
      if (store.exitCode !== null || store.signalCode !== null || store.pid === undefined) continue;
      const gone = happens(store, 'exit', 60_000);
      store.kill('SIGINT');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The folder of docker-compose.yml, as far as containers see of it. */
function layFiles(folder: string): string {
  const project = join(folder, 'project');
  cpSync(join(root, 'deploy'), join(project, 'deploy'), { recursive: true });
  rmSync(join(project, 'deploy/tls'), { recursive: true, force: true });
  const { status, stderr } = spawnSync('sh', [join(project, 'deploy/certificates.sh')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`deploy/certificates.sh: ${stderr}`);
  return project;
}

/** What deploy/roles.sh gives to psql, which is not among this machine's programs. */
function rolesScript(password: string): string {
  const script = readFileSync(join(root, 'deploy/roles.sh'), 'utf8');
  const sql = /<<'SQL'\n([\s\S]*?)^SQL$/m.exec(script)?.[1] ?? '';
  return sql.replaceAll(":'password'", `'${password}'`);
}

async function ask(where: object, statement: string): Promise<boolean> {
  const client = new Client(where);
  try {
    await client.connect();
    await client.query(statement);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
