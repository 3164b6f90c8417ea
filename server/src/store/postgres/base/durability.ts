import type { Sql } from './Postgres.ts';

const OFF = ['off', 'false', 'no', '0'];

/** In words, each way in which this PostgreSQL may lose what it has committed, or mix up what runs at once, or take a name for another; none is as it must be. */
export async function losses(sql: Sql): Promise<readonly string[]> {
  const [row] = await sql.query<
    Record<'fsync' | 'pages' | 'commits' | 'isolation' | 'path' | 'hiding', string> & { set: string[] }
  >(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
       current_setting('synchronous_commit') AS commits, current_setting('transaction_isolation') AS isolation,
       current_setting('search_path') AS path, current_setting('row_security') AS hiding,
       ARRAY(SELECT lower(line) FROM pg_db_role_setting s, unnest(s.setconfig) AS line
         WHERE s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))
           AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) AS set`,
  );
  if (!row) return ['its settings cannot be read'];
  const found: string[] = [];
  if (row.fsync !== 'on') found.push('fsync is off');
  if (row.pages !== 'on') found.push('full_page_writes is off');
  if (row.set.some((line) => OFF.some((off) => line === `synchronous_commit=${off}`)))
    found.push('synchronous_commit is switched off for its role or database');
  // These are pinned by the connection; here is seen whether something between takes the pins away.
  if (row.commits !== 'on') found.push(`synchronous_commit is ${row.commits} for this connection`);
  if (row.isolation !== 'read committed') found.push(`transaction isolation is ${row.isolation} for this connection`);
  if (row.path.replaceAll(' ', '') !== 'public,pg_temp') found.push(`search_path is ${row.path} for this connection`);
  if (row.hiding !== 'off') found.push('row_security is on for this connection');
  return found;
}
