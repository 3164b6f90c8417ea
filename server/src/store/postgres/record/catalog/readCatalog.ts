import type { Catalog, Parts } from '../../../../domain/record/catalog.ts';
import { sha256 } from '../../../../domain/record/merkle.ts';
import type { Sql } from '../../base/Postgres.ts';
import { BUILT_IN, type CatalogRow, PARTS, STAMP } from './catalogQueries.ts';
import { likeOthers } from './months.ts';
import { type Roles, rightsOf } from './rights.ts';
import { likeSixteen } from './views.ts';

/**
 * Reads the catalog by plain queries on the tables of pg_catalog, so that nothing in the database computes what it is
 * compared by. It takes no lock but AccessShare on the catalogs and on tables that views read.
 * @param sql a transaction; its search_path is set for this call
 */
export function readCatalog(sql: Sql, roles: Roles): Promise<Catalog> {
  return withNamesOfPostgres(sql, () => read(sql, roles));
}

/** Another text whenever anything was written to the catalog since, at a fourth of the cost. */
export function stampCatalog(sql: Sql, { owner, server }: Roles): Promise<string> {
  return withNamesOfPostgres(sql, async () => (await sql.query<{ all: string }>(STAMP, [owner, server]))[0]?.all ?? '');
}

async function withNamesOfPostgres<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const before = await show(sql, 'search_path');
  // Names of another schema are written with it, and nothing of another schema is taken for PostgreSQL's.
  await sql.query('SET LOCAL search_path = pg_catalog, pg_temp');
  await sql.query('SET LOCAL quote_all_identifiers = off');
  const result = await work();
  await sql.query(`SET LOCAL search_path = ${before}`);
  return result;
}

async function read(sql: Sql, roles: Roles): Promise<Catalog> {
  const [parts] = await sql.query<{ all: CatalogRow[] }>(PARTS, [roles.owner, roles.server]);
  const rows = parts?.all ?? [];
  const [builtIn] = await sql.query<{ all: string }>(BUILT_IN);
  const major = await show(sql, 'server_version_num');
  const postgres = `PostgreSQL ${Math.floor(Number(major) / 10_000)}`;
  const of = (local: boolean): Parts =>
    partsOf(
      rows.filter(({ isLocal }) => isLocal === local),
      roles,
    );
  return {
    schema: likeOthers(of(false)),
    local: { ...of(true), [`${postgres}, its own functions`]: sha256(builtIn?.all ?? '') },
  };
}

async function show(sql: Sql, setting: string): Promise<string> {
  const [row] = await sql.query<Record<string, string>>(`SHOW ${setting}`);
  return row?.[setting] ?? '';
}

function partsOf(rows: readonly CatalogRow[], roles: Roles): Parts {
  const parts: Record<string, string> = {};
  for (const { name, says, owner, acl } of rows) {
    const text = name.startsWith('view ') ? likeSixteen(says) : says;
    const before = parts[name];
    parts[name] = before === undefined ? text : [before, text].sort().join('; ');
    if (owner === null) continue;
    for (const [part, right] of rightsOf(name, { owner, acl }, roles)) parts[part] = right;
  }
  return parts;
}
