import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { diskFull, StartRefusal } from '../../lib/StartRefusal.ts';
import type { SystemAccount } from './account.ts';
import { findPostgres } from './binaries.ts';
import { own, requireOwner, type StoresHome } from './home.ts';
import { lastLines, NO_ROOM, withLog } from './logFile.ts';
import { identifyProcess, isZombie, worksIn } from './processes.ts';
import type { StoreProgram } from './StoreProcess.ts';
import { inUrl, JOINED, joinedPassword, SHARED_POSTGRES_PORT, type Share } from './share.ts';

/** Owns the tables, and is used for migrations, and for what an operator does to the whole database. */
const OWNER = 'dieu_hanh';
/** The running server: it may append to the record, and not change it (AU14). */
const SERVER = 'dieu_hanh_server';
export const DATABASE = 'dieu_hanh';
const FEW_RIGHTS = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
const ENV = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' };

export interface EmbeddedPostgres extends StoreProgram {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** As other machines come in, without the file of the authority; undefined: they do not. */
  readonly sharedUrl: string | undefined;
  /** Makes the database of the application, and the role of the server, where they are missing; PostgreSQL must be running. */
  prepare(): Promise<void>;
}

/**
 * A PostgreSQL in `stores/postgres` that listens on a Unix socket alone (where it is shared, on one address too), in a folder that only its account can enter,
 * with a generated password. The data folder is made here when it is missing (about two seconds).
 * @throws Error when no fitting PostgreSQL is found or initdb fails.
 */
export function openPostgres(
  home: StoresHome,
  account: SystemAccount | undefined,
  env: NodeJS.ProcessEnv,
  share?: Share,
): EmbeddedPostgres {
  const data = join(home.folder, 'postgres');
  const log = join(home.folder, 'postgres.log');
  const pidFile = join(data, 'postmaster.pid');
  const versionFile = join(data, 'PG_VERSION');
  const major = existsSync(versionFile) ? Number(readFileSync(versionFile, 'utf8')) : undefined;
  const bin = findPostgres(env, account, major);
  if (major === undefined) initialise(bin, data, home, account);
  else requireOwner(data, account);
  const url = (database: string, user = OWNER, password = home.secrets.postgres) =>
    `postgresql:///${database}?host=${encodeURIComponent(home.sockets)}&user=${user}&password=${password}`;
  // Its own, although whoever has the owner's can reckon it: the contrary is what matters.
  const serverPassword = createHmac('sha256', home.secrets.postgres).update(SERVER).digest('base64url');
  const nodePassword = joinedPassword(home.secrets.postgres);
  const settings = {
    listen_addresses: share?.address ?? '',
    ...(share && { ssl: 'on', ssl_cert_file: share.cert, ssl_key_file: share.key, hba_file: share.hba }),
    unix_socket_directories: home.sockets,
    unix_socket_permissions: '0700',
    max_connections: '100',
    // FG53: what looks through all months of figures, since 1900, locks four things of each.
    max_locks_per_transaction: '512',
    log_min_messages: 'warning',
    // Connections without a password are refused on the socket too: the folder is the first door, the password the
    // second.
    password_encryption: 'scram-sha-256',
  };
  return {
    name: 'PostgreSQL',
    stopSignals: ['SIGINT', 'SIGQUIT'], // fast, immediate: both keep every committed row
    databaseUrl: url(DATABASE, SERVER, serverPassword),
    ownerUrl: url(DATABASE),
    sharedUrl:
      share &&
      `postgresql://${JOINED}:${nodePassword}@${inUrl(share.address)}:${SHARED_POSTGRES_PORT}/${DATABASE}?sslmode=verify-full`,
    running() {
      if (!existsSync(pidFile)) return undefined;
      const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
      return worksIn(pid, data) ? identifyProcess(pid) : undefined;
    },
    spawn() {
      for (const file of [pidFile, join(home.sockets, '.s.PGSQL.5432.lock')]) disownZombie(file);
      const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
      return withLog(log, (fd) =>
        spawn(join(bin, 'postgres'), args, {
          ...account,
          cwd: data,
          env: ENV,
          detached: true,
          stdio: ['ignore', fd, fd],
        }),
      );
    },
    async answers() {
      return (await ask(url('postgres'), 'SELECT 1').catch(() => undefined)) === 1;
    },
    async prepare() {
      if ((await ask(url('postgres'), `SELECT 1 FROM pg_database WHERE datname = '${DATABASE}'`)) === 0)
        await ask(url('postgres'), `CREATE DATABASE ${DATABASE}`);
      if ((await ask(url('postgres'), `SELECT 1 FROM pg_roles WHERE rolname = '${SERVER}'`)) === 0)
        await ask(url('postgres'), `CREATE ROLE ${SERVER}`);
      // Also where the secrets were made anew, or somebody gave it more.
      await ask(url('postgres'), `ALTER ROLE ${SERVER} ${FEW_RIGHTS} PASSWORD '${serverPassword}'`);
      const known = (await ask(url('postgres'), `SELECT 1 FROM pg_roles WHERE rolname = '${JOINED}'`)) > 0;
      if (share && !known) await ask(url('postgres'), `CREATE ROLE ${JOINED}`);
      if (share) await ask(url('postgres'), `ALTER ROLE ${JOINED} ${FEW_RIGHTS} INHERIT PASSWORD '${nodePassword}'`);
      if (share) await ask(url('postgres'), `GRANT ${SERVER} TO ${JOINED}`);
      else if (known) await ask(url('postgres'), `ALTER ROLE ${JOINED} NOLOGIN`);
    },
    lastWords: () => lastLines(log),
  };
}

/**
 * PostgreSQL takes a zombie for a living server and refuses to start. It does not do so for its own parent, so the file
 * gets our pid; the rest of the file stays, by which it makes sure that no process of the dead server still uses the
 * data.
 */
function disownZombie(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  const [pid, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
  if (isZombie(Number(pid))) writeFileSync(pidFile, [process.pid, ...rest].join('\n'));
}

/** Made beside its place and moved there when complete, so that a kill half-way leaves nothing that looks like data. */
function initialise(bin: string, data: string, home: StoresHome, account: SystemAccount | undefined): void {
  const fresh = `${data}.new`;
  const passwordFile = join(home.folder, 'initdb.password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, home.secrets.postgres, { mode: 0o600 });
  own(fresh, account);
  own(passwordFile, account);
  try {
    const args = [
      '-D',
      fresh,
      '-U',
      OWNER,
      `--pwfile=${passwordFile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--data-checksums',
    ];
    const result = spawnSync(join(bin, 'initdb'), args, { ...account, cwd: home.folder, env: ENV, encoding: 'utf8' });
    if (result.status !== 0) {
      const words = (result.error?.message ?? result.stderr).trim().split('\n').slice(-3).join(' | ');
      if (NO_ROOM.test(words)) throw diskFull(home.folder, result.error);
      throw new StartRefusal(`PostgreSQL could not make its data folder ${data}: ${words}`);
    }
    renameSync(fresh, data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function ask(connectionString: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined); // the server may go away between the answer and end()
  await client.connect();
  try {
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
