import type { Stamper } from '../../../domain/record/stamp.ts';
import { certificateFault } from '../../../lib/certificateFault.ts';
import { databaseServers } from '../../../lib/databaseAddress.ts';
import { diskFull, StartRefusal } from '../../../lib/StartRefusal.ts';
import { losses } from './durability.ts';
import { isSealed, migrate, pendingMigrations } from './migrate.ts';
import { Postgres } from './Postgres.ts';

const OLDEST_MAJOR = 15;

/** Where a database is, for the server and for migrations. */
export interface DatabaseUrls {
  /** As the role that the server works with. */
  readonly databaseUrl: string;
  /** As the role that owns the tables; undefined: there is no other, or somebody else migrates. */
  readonly ownerUrl?: string | undefined;
}

export interface OpenedDatabase {
  readonly postgres: Postgres;
  /** Names of the migrations that were applied now. */
  readonly applied: readonly string[];
}

export interface OpenOptions {
  readonly idleError: (error: Error) => void;
  /** Whether it is taken although it may lose what it has committed. */
  readonly mayLose: boolean;
  /** Told how far migrations are, a line at a time. */
  readonly tell?: (line: string) => void;
  /** Most connections. */
  readonly size?: number;
  /** AU17: of the receipts that are given over these connections. */
  readonly stamper?: Stamper | undefined;
}

/**
 * The database of a start, with the tables of this program.
 * @throws StartRefusal when it cannot be reached, entered or used, with what to do
 */
export async function openDatabase(
  urls: DatabaseUrls,
  { idleError, mayLose, tell, size, stamper }: OpenOptions,
): Promise<OpenedDatabase> {
  const { databaseUrl } = urls;
  const postgres = await Postgres.create(databaseUrl, idleError, size, stamper).catch((error) => {
    throw databaseRefusal(databaseUrl, error);
  });
  try {
    const [row] = await postgres.query<{ version: string; role: string }>(
      `SELECT current_setting('server_version_num') AS version, current_user::text AS role`,
    );
    requireVersion(databaseUrl, Number(row?.version));
    if (!mayLose) requireDurable(databaseUrl, await losses(postgres));
    return { postgres, applied: await bringUpToDate(postgres, row?.role, urls, tell) };
  } catch (error) {
    await postgres.close();
    throw databaseRefusal(databaseUrl, error);
  }
}

/** By the owner where they are known, else by the server's own role; where nothing is to be done, that needs no right. */
async function bringUpToDate(
  postgres: Postgres,
  server: string | undefined,
  { databaseUrl, ownerUrl }: DatabaseUrls,
  tell?: (line: string) => void,
): Promise<readonly string[]> {
  const how = { server, ...(tell && { tell }) };
  if (ownerUrl !== undefined)
    return migrate(ownerUrl, how).catch((error) => {
      throw databaseRefusal(ownerUrl, error, 'DATABASE_OWNER_URL');
    });
  // What was stopped between its last file and its seal is not done.
  if ((await pendingMigrations(postgres)).length === 0 && (await isSealed(postgres))) return [];
  return migrate(databaseUrl, tell ? { tell } : {});
}

/** @param version as `server_version_num` has it: 150004 is 15.4 */
export function requireVersion(url: string, version: number): void {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST_MAJOR) return;
  throw new StartRefusal(
    `PostgreSQL at ${placeOf(url).at} is version ${major}, which is too old: update it to ${OLDEST_MAJOR} or newer, or name another in DATABASE_URL`,
  );
}

/** @param found as `losses` says it */
export function requireDurable(url: string, found: readonly string[]): void {
  if (found.length === 0) return;
  throw new StartRefusal(
    `PostgreSQL at ${placeOf(url).at} would lose answers that were acknowledged, since ${found.join(' and ')}: set it right there, then start again`,
  );
}

/** A refusal for what an operator can mend; everything else is given back as it is. */
export function databaseRefusal(url: string, error: unknown, setting = 'DATABASE_URL'): unknown {
  if (error instanceof StartRefusal) return error;
  const { at, user, database } = placeOf(url);
  const [code, words] = innermost(error);
  const because = (sentence: string) => new StartRefusal(sentence, { cause: error });
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOENT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return because(`PostgreSQL at ${at} does not answer (${code}): start it, or correct ${setting}`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return because(`the host of ${setting} is not known (${at}): correct its name, or the name server`);
    case '28P01':
    case '28000':
      return because(`PostgreSQL at ${at} does not let ${user} in (${words}): correct ${setting} or its pg_hba.conf`);
    case '3D000':
      return because(`PostgreSQL at ${at} has no database ${database}: create it, or correct ${setting}`);
    case '42501':
      return because(
        `${user} may not do all it has to in ${database} at ${at} (${words}): name the role that owns its tables in DATABASE_OWNER_URL, or run npm run dh -- migrate with it`,
      );
    case '53300':
      return because(`PostgreSQL at ${at} takes no more connections: raise max_connections, or stop what holds them`);
    case '25006':
      return because(
        `PostgreSQL at ${at} only reads (${words}): promote one of them, or name the one that takes writes in ${setting}`,
      );
    case '57P03':
      return because(`PostgreSQL at ${at} is not ready yet (${words}): start again in a moment`);
    case '53100':
      return diskFull(`the database at ${at}`, error);
  }
  const fault = certificateFault(code) ?? (/not support SSL/.test(words) ? 'it speaks no TLS' : undefined);
  if (fault)
    return because(
      `PostgreSQL at ${at} is not believed, since ${fault}: correct sslrootcert or sslmode in ${setting}, or its own`,
    );
  if (/timeout/i.test(words))
    return because(`PostgreSQL at ${at} does not answer in time: see what holds it up, or correct ${setting}`);
  return error;
}

/** Without the password. */
function placeOf(url: string): { at: string; user: string; database: string } {
  const servers = databaseServers(url).map((server) => new URL(server));
  const { username, pathname, searchParams } = servers[0] as URL;
  const at = servers.map(({ hostname, port }) => {
    const host = hostname || searchParams.get('host') || 'localhost';
    return host.startsWith('/') ? host : `${host}:${port || searchParams.get('port') || 5432}`;
  });
  return {
    at: at.join(' or '),
    user: decodeURIComponent(username) || searchParams.get('user') || 'its user',
    database: decodeURIComponent(pathname.slice(1)) || 'of its name',
  };
}

/** Code and message of the cause that has a code, else of the last. */
function innermost(error: unknown): [code: string, words: string] {
  let words = String(error);
  for (let at: unknown = error; at instanceof Error; ) {
    const inner: unknown = 'errors' in at && Array.isArray(at.errors) ? at.errors[0] : at.cause;
    words = at.message || words;
    if ('code' in at && typeof at.code === 'string') return [at.code, words];
    at = inner;
  }
  return ['', words];
}
