import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';

/** Database as its owner -> the same as the role that a running server has there. */
const servers = new Map<string, string>();

export const knowServer = (databaseUrl: string, serverUrl: string | undefined): void => {
  if (serverUrl !== undefined) servers.set(databaseUrl, serverUrl);
};

/** The same database as a running server uses it; as its owner, where the tests were given no other role. */
export const serverOf = (databaseUrl: string): string => servers.get(databaseUrl) ?? databaseUrl;

/** What a node is told of a database. */
export const databaseEnv = (databaseUrl: string): { DATABASE_URL: string; DATABASE_OWNER_URL: string } => ({
  DATABASE_URL: serverOf(databaseUrl),
  DATABASE_OWNER_URL: databaseUrl,
});

/** Migrated by its owner, and opened as a running server has it: what a store needs more rights for, it does not get. */
export async function openAsServer(databaseUrl: string, size?: number): Promise<Postgres> {
  const postgres = await Postgres.create(serverOf(databaseUrl), () => undefined, size);
  try {
    const [me] = await postgres.query<{ role: string }>('SELECT current_user::text AS role');
    await migrate(databaseUrl, { server: me?.role });
    return postgres;
  } catch (error) {
    await postgres.close();
    throw error;
  }
}
