import type { Sql } from './Postgres.ts';

/**
 * AU14: what the role of the running server may do with each table: read and append everywhere; change and delete where
 * the table is no record. What is a record says its own guard; `chains` is moved on, never shortened. Parts of a table are used by
 * way of the whole; the server may have one made, by a function that makes nothing else (FG53).
 */
const WANTED = `SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, p AS privilege, CASE p
    WHEN 'SELECT' THEN true
    WHEN 'INSERT' THEN c.relkind <> 'v' AND c.relname <> 'migrations'
    WHEN 'UPDATE' THEN c.relkind <> 'v' AND c.relname <> 'migrations' AND NOT kept
    WHEN 'DELETE' THEN c.relkind <> 'v' AND c.relname NOT IN ('migrations', 'chains') AND NOT kept
    ELSE false END AS wanted
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'record_stays') AS kept) k
    CROSS JOIN unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition`;

/**
 * Gives a role these rights, takes all others, and writes nothing where it has them already. A role that may act as the
 * owner is left as it is: it would have no fewer rights.
 * @param sql the owner of the tables, in a transaction
 * @returns how many statements that took
 */
export async function grantServer(sql: Sql, role: string): Promise<number> {
  const statements = await sql.query<{ statement: string }>(
    `WITH me AS (SELECT $1::name AS role WHERE NOT pg_has_role($1::name, current_user, 'MEMBER'))
     SELECT format(CASE WHEN wanted THEN 'GRANT %s ON %s TO %I' ELSE 'REVOKE %s ON %s FROM %I' END, privilege, name, role) AS statement
       FROM (${WANTED}) w, me WHERE has_table_privilege(role, oid, privilege) <> wanted
     UNION ALL SELECT format('GRANT SELECT ON SEQUENCE %s TO %I', oid::regclass, role) FROM pg_class, me
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' AND NOT has_sequence_privilege(role, oid, 'SELECT')
     UNION ALL SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', oid::regprocedure, role) FROM pg_proc, me
       WHERE pronamespace = 'public'::regnamespace AND proname = 'figure_month' AND NOT has_function_privilege(role, oid, 'EXECUTE')
     UNION ALL SELECT format('GRANT USAGE ON SCHEMA public TO %I', role) FROM me WHERE NOT has_schema_privilege(role, 'public', 'USAGE')
     UNION ALL SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' FROM me WHERE has_schema_privilege(role, 'public', 'CREATE')`,
    [role],
  );
  for (const { statement } of statements) await sql.query(statement);
  return statements.length;
}

/**
 * AU14: by what the role of this connection could change what is on record, in words; nothing when it could not.
 */
export async function powersOverRecord(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ words: string }>(
    `WITH me AS (SELECT * FROM pg_roles WHERE rolname = current_user),
       kept AS (SELECT c.* FROM pg_class c WHERE relnamespace = 'public'::regnamespace
         AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'record_stays'))
     SELECT words FROM (
       SELECT 1 AS nr, 'it is a superuser' AS words FROM me WHERE rolsuper
       UNION ALL SELECT 2, 'it may make roles' FROM me WHERE rolcreaterole AND NOT rolsuper
       UNION ALL SELECT 3, format('it owns, or may act as the owner of, %s', string_agg(relname, ', ' ORDER BY relname)) FROM kept
         WHERE pg_has_role(current_user, relowner, 'MEMBER') HAVING count(*) > 0
       UNION ALL SELECT 4, 'it owns the schema, or may make things in it' FROM pg_namespace
         WHERE nspname = 'public' AND (pg_has_role(current_user, nspowner, 'MEMBER') OR has_schema_privilege(oid, 'CREATE'))
       UNION ALL SELECT 5, format('it may %s %s', privilege, string_agg(relname, ', ' ORDER BY relname)) FROM kept,
         unnest('{UPDATE,DELETE,TRUNCATE,TRIGGER}'::text[]) privilege
         WHERE has_table_privilege(oid, privilege) OR (privilege = 'UPDATE' AND has_any_column_privilege(oid, privilege)) GROUP BY privilege
       UNION ALL SELECT 6, 'it may switch triggers off' WHERE has_parameter_privilege('session_replication_role', 'SET')
       UNION ALL SELECT 7, format('it may act as %s', rolname) FROM pg_roles
         WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files') AND pg_has_role(current_user, oid, 'MEMBER')
     ) powers, me WHERE nr = 1 OR NOT rolsuper ORDER BY nr`,
  );
  return rows.map(({ words }) => words);
}
