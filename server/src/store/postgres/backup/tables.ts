import type { Sql } from '../base/Postgres.ts';
import type { Header } from './format.ts';

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Leaves nothing of ours in the database.
 * @throws Error when somebody uses it, when it holds anything and `replace` is false, or when what it holds is not ours
 */
export async function emptyDatabase(sql: Sql, replace: boolean): Promise<void> {
  const users = await sql.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'dieu-hanh%'`,
  );
  if (users.length > 0) throw new Error('a server, or another command, uses the database: stop it first');
  const tables = await sql.query<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  if (tables.length === 0) return;
  if (!tables.some(({ name }) => name === 'migrations'))
    throw new Error('the database holds tables that are not of this program: name another');
  if (!replace)
    throw new Error('the database is not empty; --replace deletes everything in it and puts the backup in its place');
  const statements = await sql.query<{ statement: string }>(
    `SELECT format('DROP TABLE %s CASCADE', string_agg(format('public.%I', tablename), ', ')) AS statement
       FROM pg_tables WHERE schemaname = 'public'
     UNION ALL SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')`,
  );
  for (const { statement } of statements) await sql.query(statement);
}

/** Rules that hold for new rows only: they are taken away while old rows come in, and put back as they were. */
export async function unvalidated(sql: Sql): Promise<readonly { readonly drop: string; readonly add: string }[]> {
  return sql.query<{ drop: string; add: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS add
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated`,
  );
}

/** FG53: one moment of each month that has a table of rows. */
export async function readMonths(sql: Sql): Promise<readonly string[]> {
  const months = await sql.query<{ month: string }>(
    `SELECT translate(right(c.relname, 7), '_', '-') || '-15T00:00:00Z' AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass('public.observations') ORDER BY 1`,
  );
  return months.map(({ month }) => month);
}

/**
 * Every table but the list of migrations, which the restored database gets by being migrated, and the keys of tokens,
 * which it makes anew; each after those that its rows refer to.
 * @throws Error when two refer to each other
 */
export async function readTables(sql: Sql): Promise<Header['tables']> {
  const tables = await sql.query<Header['tables'][number]>(
    `SELECT c.relname::text AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname NOT IN ('migrations', 'briefing_keys') GROUP BY c.relname ORDER BY 1`,
  );
  const references = await sql.query<{ table: string; to: string }>(
    `SELECT DISTINCT f.relname::text AS table, t.relname::text AS to FROM pg_constraint
       JOIN pg_class f ON f.oid = conrelid JOIN pg_class t ON t.oid = confrelid
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`,
  );
  const ordered = new Set<Header['tables'][number]>();
  const visit = (name: string, above: readonly string[]): void => {
    const table = tables.find((t) => t.table === name);
    if (!table || ordered.has(table)) return;
    if (above.includes(name)) throw new Error(`tables refer to each other in a circle: ${[...above, name].join(', ')}`);
    for (const { to } of references.filter((r) => r.table === name)) visit(to, [...above, name]);
    ordered.add(table);
  };
  for (const { table } of tables) visit(table, []);
  return [...ordered];
}
