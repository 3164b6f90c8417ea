import type { Sql } from '../../src/store/postgres/base/Postgres.ts';

const PARTS = 'pg_class WHERE relispartition';

/** Columns, constraints, indexes, triggers and functions of a database, one line each; parts of a table are as the whole. */
export async function schemaOf(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ line: string }>(
    `SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, coalesce(column_default, identity_generation)) AS line
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN (SELECT relname FROM ${PARTS})
     UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid NOT IN (SELECT oid FROM ${PARTS})
     UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace
       AND NOT relispartition
     UNION ALL SELECT format('%s %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
       AND tgrelid NOT IN (SELECT oid FROM ${PARTS})
     UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
     ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}
