import { DomainError } from '../../../protocol/errors.ts';
import type { Sql } from '../base/Postgres.ts';
import { contentTables, officialTables, type Projection, projections } from './officialTables.ts';

/**
 * AU6, AU7: what can be asked of a database alone, and not of an export: current states, and the guards of the record.
 * @param sql a transaction
 * @param since FG111: of what is made of rows of figures, the newest is computed anew
 */
export async function liveProblems(sql: Sql, since?: string): Promise<readonly string[]> {
  const problems = [...(await unguarded(sql))];
  for (const projection of projections) problems.push(...(await checked(sql, projection, since)));
  return problems;
}

/** A record that was altered may no longer be one that can be done again. */
async function checked(sql: Sql, { tables, check }: Projection, since?: string): Promise<readonly string[]> {
  await sql.query('SAVEPOINT projection');
  try {
    return await check(sql, since);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    await sql.query('ROLLBACK TO projection');
    return [
      `${tables.join(', ')}: the record does not let them be computed anew (${error instanceof Error ? error.message : error})`,
    ];
  }
}

const guards = {
  record_stays: 'which keeps its rows from change',
  record_stays_whole: 'which keeps it from being emptied',
} as const;

/** Official tables whose trigger was taken away or switched off. */
async function unguarded(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ table: string; guard: keyof typeof guards }>(
    `SELECT t AS table, guard FROM unnest($1::text[]) t, unnest($2::text[]) guard
     WHERE to_regclass(t) IS NOT NULL AND NOT EXISTS
       (SELECT FROM pg_trigger g WHERE g.tgrelid = to_regclass(t) AND g.tgname = guard AND g.tgenabled IN ('O', 'A'))`,
    [[...officialTables.map(({ table }) => table), 'seals', 'unsealed_rows'], Object.keys(guards)],
  );
  return rows.map(({ table, guard }) => `${table}: the trigger ${guard}, ${guards[guard]}, is gone or switched off`);
}

/** Every table that verification reads, for the test that compares with the database. */
export const verifiedTables = (): ReadonlySet<string> =>
  new Set([
    'chains',
    'seals',
    'unsealed_rows',
    ...officialTables.flatMap(({ table, covers = [] }) => [table, ...covers.map((c) => c.table)]),
    ...contentTables.map(({ table }) => table),
    ...projections.flatMap(({ tables }) => tables),
  ]);
