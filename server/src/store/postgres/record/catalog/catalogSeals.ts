import { isDeepStrictEqual } from 'node:util';
import {
  CATALOG_FORMAT,
  CATALOG_TABLE,
  type Catalog,
  catalogDifferences,
  catalogFingerprint,
} from '../../../../domain/record/catalog.ts';
import { splitHashes } from '../../../../domain/record/merkle.ts';
import { type RecordRow, recordHash } from '../../../../domain/record/seal.ts';
import { unexplainedSeals } from '../../../../domain/record/unexplainedSeals.ts';
import type { Sql } from '../../base/Postgres.ts';
import { SYSTEM, sealed } from '../sealed.ts';
import { readCatalog } from './readCatalog.ts';
import type { Roles } from './rights.ts';

/** The newest row that says how the database was left. */
export interface Baseline extends Roles {
  readonly seal: number;
  readonly version: string;
  readonly format: number;
}

/** Nothing when the table is not there, or says nothing yet. */
export async function lastBaseline(sql: Sql): Promise<Baseline | undefined> {
  const [there] = await sql.query<{ is: boolean }>(`SELECT to_regclass('public.${CATALOG_TABLE}') IS NOT NULL AS is`);
  if (!there?.is) return undefined;
  const [row] = await sql.query<Baseline & Record<string, unknown>>(
    `SELECT seal::float8, version, format, owner_role AS owner, server_role AS server FROM public.${CATALOG_TABLE}
     WHERE chain = $1 AND act <> 'differed' ORDER BY ${CATALOG_TABLE}.seal DESC LIMIT 1`,
    [SYSTEM],
  );
  return row;
}

/** Its parts, when its row is the one that was sealed. */
export async function partsOfBaseline(sql: Sql, { seal }: Baseline): Promise<Catalog | undefined> {
  const [found] = await sql.query<{ row: RecordRow; hashes: string }>(
    `SELECT to_jsonb(t) AS row, encode(s.hashes, 'hex') AS hashes FROM public.${CATALOG_TABLE} t
     JOIN public.seals s ON s.chain = t.chain AND s.nr = t.seal WHERE t.chain = $1 AND t.seal = $2 AND t.act <> 'differed'`,
    [SYSTEM, seal],
  );
  if (!found || recordHash(CATALOG_TABLE, found.row) !== splitHashes(found.hashes)[Number(found.row.leaf)])
    return undefined;
  return found.row.parts as unknown as Catalog;
}

/** AU30: what was sealed as good, and nothing on record explains. Reads each of these rows. */
export async function unexplained(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ table: string; row: RecordRow }>(
    `SELECT '${CATALOG_TABLE}' AS table, to_jsonb(t) AS row, seal FROM public.${CATALOG_TABLE} t WHERE chain = $1
     UNION ALL SELECT 'restores', to_jsonb(r), seal FROM public.restores r WHERE chain = $1 ORDER BY seal`,
    [SYSTEM],
  );
  return unexplainedSeals(rows);
}

/** In words, how the database is otherwise than it was sealed. @param sealed of `partsOfBaseline` */
export async function differencesFrom(
  sql: Sql,
  last: Baseline,
  sealed: Catalog | undefined,
  most?: number,
): Promise<readonly string[]> {
  if (!sealed) return [`${CATALOG_TABLE}: the row under seal ${last.seal} of ${SYSTEM} is not the one that was sealed`];
  return catalogDifferences(sealed, await readCatalog(sql, last), most);
}

/** What is found otherwise than it was sealed; undefined: nothing that could be compared was sealed. @param most so many are told */
export async function differencesNow(sql: Sql, most?: number): Promise<readonly string[] | undefined> {
  const last = await lastBaseline(sql);
  if (!last || last.format !== CATALOG_FORMAT || last.version !== (await versionOf(sql))) return undefined;
  return differencesFrom(sql, last, await partsOfBaseline(sql, last), most);
}

/** Differences that were found since somebody last accepted any, the newest first. */
export async function openDifferences(
  sql: Sql,
): Promise<readonly { readonly at: string; readonly words: readonly string[] }[]> {
  return sql.query<{ at: string; words: string[] }>(
    `SELECT to_jsonb(at) #>> '{}' AS at, differences AS words FROM public.${CATALOG_TABLE} WHERE chain = $1 AND act = 'differed'
       AND seal > (SELECT coalesce(max(seal), 0) FROM public.${CATALOG_TABLE} WHERE chain = $1 AND act = 'accepted') ORDER BY seal DESC`,
    [SYSTEM],
  );
}

export interface ToSeal {
  readonly act: 'sealed' | 'accepted';
  readonly why: string;
  /** The role of the running server, where it is another than before. */
  readonly server?: string | undefined;
  /** What is accepted, in words. */
  readonly differences?: readonly string[];
}

/** AU30: records how the database is, in the caller's transaction. @returns the fingerprint */
export async function sealCatalog(sql: Sql, { act, why, server, differences = [] }: ToSeal): Promise<string> {
  const roles = await rolesNow(sql, server);
  const parts = await readCatalog(sql, roles);
  const fingerprint = catalogFingerprint(parts);
  const facts = { act, why, fingerprint, parts, unsealed: await unsealedNow(sql) };
  await record(sql, roles, { ...facts, differences: differences.length === 0 ? null : differences });
  return fingerprint;
}

/** AU30: so that what is undone again stays on record. The same as last time is not written again. */
export async function sealDifferences(sql: Sql, words: readonly string[]): Promise<void> {
  const [last] = await openDifferences(sql);
  if (last && isDeepStrictEqual(last.words, words)) return;
  const facts = { act: 'differed', why: 'found', fingerprint: null, parts: null, unsealed: null, differences: words };
  await record(sql, await rolesNow(sql, undefined), facts);
}

async function record(sql: Sql, { owner, server }: Roles, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const version = await versionOf(sql);
  const how = { version, format: CATALOG_FORMAT, owner_role: owner, server_role: server };
  await sealed(sql, SYSTEM, (batch) => batch.insert(CATALOG_TABLE, [{ ...facts, ...how, at: batch.at }]));
}

async function rolesNow(sql: Sql, server: string | undefined): Promise<Roles> {
  const [row] = await sql.query<{ owner: string }>(
    `SELECT pg_get_userbyid(relowner)::text AS owner FROM pg_class WHERE oid = 'public.migrations'::regclass`,
  );
  const owner = row?.owner ?? '';
  return { owner, server: server ?? (await lastBaseline(sql))?.server ?? owner };
}

export const versionOf = async (sql: Sql): Promise<string> =>
  (await sql.query<{ name: string }>('SELECT max(name) AS name FROM public.migrations'))[0]?.name ?? '';

/** AU10: as they were when sealing began. */
async function unsealedNow(sql: Sql): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await sql.query<{ all: Record<string, unknown> | null }>(
    `SELECT jsonb_object_agg(relation, jsonb_build_object('rows', rows, 'hash', hash)) AS all FROM public.unsealed_rows`,
  );
  return row?.all ?? {};
}
