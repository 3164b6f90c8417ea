import { isUnread } from '../../../domain/record/isUnread.ts';
import type { RecordLine, RecordLineOf } from '../../../domain/record/recordLine.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import { requireCurrent } from '../base/migrate.ts';
import type { Snapshot } from '../base/Snapshot.ts';
import { lastBaseline } from './catalog/catalogSeals.ts';
import { readCatalog } from './catalog/readCatalog.ts';
import { type CoveredRows, contentTables, type OfficialTable, officialTables } from './officialTables.ts';

/**
 * The record as a stream of lines, for verification or for an export. The order is that of `lineSchema`.
 * @param since FG111: what is bulk is read as far as it was vouched for since this moment
 * @param around AU30: with what stands around the tables
 * @throws Error when the database is of another version than this program
 */
export async function* recordLines(snapshot: Snapshot, since?: string, around = true): AsyncGenerator<RecordLine> {
  let lines = 0;
  for await (const line of content(snapshot, since, around)) {
    lines++;
    yield line;
  }
  yield { kind: 'end', lines: lines + 1 };
}

async function* content(
  snapshot: Snapshot,
  since: string | undefined,
  withAround: boolean,
): AsyncGenerator<RecordLine> {
  yield await head(snapshot);
  const there = await existing(snapshot);
  for (const [{ table }, key] of there) yield { kind: 'table', table, key };
  const official = [...there.keys()];
  yield* contents(snapshot);
  for (const { id, tables } of await allChains(snapshot, official))
    yield* chainLines(snapshot, { chain: id, official: tables.map((i) => official[i] as OfficialTable), since });
  if (withAround) yield* around(snapshot);
  yield* unsealed(snapshot, official);
  for (const { table, covers = [] } of official)
    for (const covered of covers) if (!covered.growsBefore) yield* orphans(snapshot, table, covered, since);
}

async function head(snapshot: Snapshot): Promise<RecordLine> {
  const migrations = [...(await requireCurrent(snapshot))];
  const [row] = await snapshot.query<{ at: string }>(`SELECT to_jsonb(clock_timestamp()) #>> '{}' AS at`);
  return { kind: 'record', version: 1, at: row?.at ?? '', migrations };
}

/** Official tables that are there, with the columns of their keys. */
async function existing(snapshot: Snapshot) {
  const rows = await snapshot.query<{ table: string; key: string[] | null }>(
    `SELECT t AS table, (SELECT array_agg(a.attname::text ORDER BY k.nr) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, nr)
       JOIN pg_attribute a ON a.attnum = k.attnum WHERE i.indrelid = to_regclass(t) AND i.indisprimary AND a.attrelid = i.indrelid) AS key
     FROM unnest($1::text[]) t WHERE to_regclass(t) IS NOT NULL`,
    [officialTables.map(({ table }) => table)],
  );
  const keys = new Map(rows.map((row) => [row.table, row.key ?? ['chain', 'seal', 'leaf']]));
  return new Map(
    officialTables.flatMap((table) => {
      const key = keys.get(table.table);
      return key ? [[table, key] as const] : [];
    }),
  );
}

/** AU30: read with the names that the roles had when the database was sealed. */
async function* around(snapshot: Snapshot): AsyncGenerator<RecordLine> {
  const roles = await lastBaseline(snapshot);
  if (roles) yield { kind: 'catalog', ...(await readCatalog(snapshot, roles)) };
}

async function* contents(snapshot: Snapshot): AsyncGenerator<RecordLine> {
  for (const { table, name, bytes } of contentTables)
    yield* snapshot.stream<RecordLineOf<'content'>>(
      `SELECT 'content' AS kind, '${table}' AS table, ${name} AS name, encode(sha256(${bytes}), 'hex') AS hash FROM ${table} ORDER BY 3`,
    );
}

/**
 * With the numbers of the official tables that have rows of it: a chain has rows of few of them, and to plan a question to all of them takes
 * longer than to answer it.
 */
function allChains(
  snapshot: Snapshot,
  official: readonly OfficialTable[],
): Promise<readonly { id: string; tables: readonly number[] }[]> {
  const named = official.map(({ table }, i) => `SELECT chain, ${i} FROM ${table} WHERE chain IS NOT NULL`);
  const all = ['SELECT id, NULL::int AS nr FROM chains', 'SELECT chain, NULL FROM seals', ...named].join(' UNION ');
  return snapshot.query(
    `SELECT id, coalesce(array_agg(nr ORDER BY nr) FILTER (WHERE nr IS NOT NULL), '{}') AS tables FROM (${all}) c
     GROUP BY id ORDER BY id COLLATE "C"`,
  );
}

interface ChainToRead {
  readonly chain: string;
  /** Those that have rows of it. */
  readonly official: readonly OfficialTable[];
  readonly since: string | undefined;
}

async function* chainLines(snapshot: Snapshot, { chain, official, since }: ChainToRead): AsyncGenerator<RecordLine> {
  const [last] = await snapshot.query<{ nr: string; hash: Buffer }>('SELECT nr, hash FROM chains WHERE id = $1', [
    chain,
  ]);
  yield { kind: 'chain', chain, head: last ? { nr: Number(last.nr), hash: last.hash.toString('hex') } : null };
  const rows = chainRows(snapshot, chain, official);
  let row = await rows.next();
  for await (const seal of seals(snapshot, chain)) {
    for (; !row.done && row.value.seal < seal.nr; row = await rows.next()) yield* rowLines(snapshot, row.value, since);
    yield seal;
  }
  for (; !row.done; row = await rows.next()) yield* rowLines(snapshot, row.value, since);
}

async function* seals(snapshot: Snapshot, chain: string): AsyncGenerator<RecordLineOf<'seal'>> {
  const hex = (column: string) => `encode(${column}, 'hex') AS ${column}`;
  const found = snapshot.stream<RecordLineOf<'seal'>>(
    `SELECT 'seal' AS kind, chain, nr::float8, ${['previous', 'root', 'hash', 'hashes'].map(hex).join(', ')}, leaves,
       to_jsonb(at) #>> '{}' AS at FROM seals WHERE chain = $1 ORDER BY seals.nr`,
    [chain],
  );
  yield* found;
}

interface ChainRow {
  readonly official: OfficialTable;
  readonly seal: number;
  readonly row: RecordRow;
}

/** Rows of all official tables of a chain, in the order of their seals and places. */
async function* chainRows(
  snapshot: Snapshot,
  chain: string,
  official: readonly OfficialTable[],
): AsyncGenerator<ChainRow> {
  if (official.length === 0) return;
  const selects = official.map(
    ({ table }, i) => `SELECT ${i} AS nr, seal, leaf, to_jsonb(t) AS row FROM ${table} t WHERE chain = $1`,
  );
  const found = snapshot.stream<{ nr: number; seal: number; row: RecordRow }>(
    `SELECT nr, coalesce(seal, 0)::float8 AS seal, row FROM (${selects.join(' UNION ALL ')}) r ORDER BY 2, leaf`,
    [chain],
  );
  for await (const { nr, seal, row } of found) yield { official: official[nr] as OfficialTable, seal, row };
}

async function* rowLines(
  snapshot: Snapshot,
  { official, row }: ChainRow,
  since: string | undefined,
): AsyncGenerator<RecordLine> {
  yield { kind: 'row', table: official.table, row };
  for (const covered of official.covers ?? []) {
    if ((row[covered.column] ?? null) === null || isUnread(covered, row, since)) continue;
    const { column, table, order } = covered;
    if (covered.read) {
      for await (const each of covered.read(snapshot, row, since)) yield { kind: 'covered', column, table, row: each };
      continue;
    }
    const by = Object.entries(covered.by);
    const rows = snapshot.stream<{ row: RecordRow }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${by.map(([name], i) => `t.${name} = $${i + 1}`).join(' AND ')}
       ORDER BY ${order.map((name) => `t.${name}`).join(', ')}`,
      by.map(([, of]) => String(row[of])),
    );
    for await (const each of rows) yield { kind: 'covered', column, table, row: each.row };
  }
}

async function* unsealed(snapshot: Snapshot, official: readonly OfficialTable[]): AsyncGenerator<RecordLine> {
  if (official.length === 0) return;
  const counts = official.map(
    ({ table }, i) =>
      `SELECT ${i} AS nr, count(*)::float8 AS rows, encode(sha256(convert_to(coalesce(string_agg(r, E'\\n' ORDER BY r COLLATE "C"), ''), 'UTF8')), 'hex') AS hash
       FROM (SELECT to_jsonb(t)::text AS r FROM ${table} t WHERE chain IS NULL) old`,
  );
  yield* snapshot.stream<RecordLineOf<'unsealed'>>(
    `SELECT 'unsealed' AS kind, names.name AS table, rows, hash,
       (SELECT jsonb_build_object('rows', rows, 'hash', hash) FROM unsealed_rows WHERE relation = names.name) AS began
     FROM (${counts.join(' UNION ALL ')}) c JOIN unnest($1::text[]) WITH ORDINALITY names(name, n) ON names.n = c.nr + 1 ORDER BY c.nr`,
    [official.map(({ table }) => table)],
  );
}

/** Covered rows to which no official row leads; FG111: of bulk, among those that can be of a row since then. */
async function* orphans(
  snapshot: Snapshot,
  official: string,
  { table, by, column, near }: CoveredRows,
  since: string | undefined,
): AsyncGenerator<RecordLine> {
  const same = Object.entries(by).map(([name, of]) => `o.${of} = t.${name}`);
  const isNear = near !== undefined && since !== undefined;
  const rows = snapshot.stream<{ row: RecordRow }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${isNear ? `${near} AND ` : ''}NOT EXISTS
       (SELECT FROM ${official} o WHERE ${same.join(' AND ')} AND (o.${column} IS NOT NULL OR o.chain IS NULL)) LIMIT 20`,
    isNear ? [since] : [],
  );
  for await (const { row } of rows) yield { kind: 'orphan', table, row };
}
