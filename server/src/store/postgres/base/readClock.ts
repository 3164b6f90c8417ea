import type { Sql } from './Postgres.ts';

/** PostgreSQL's clock at this moment; inside a transaction as well. */
export async function readClock(sql: Sql): Promise<Date> {
  const [row] = await sql.query<{ now: Date }>('SELECT pg_catalog.clock_timestamp() AS now');
  if (!row) throw new Error('PostgreSQL does not know the time');
  return row.now;
}
