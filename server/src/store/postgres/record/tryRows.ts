import { canonical, type Json } from '../../../domain/record/canonical.ts';
import { DomainError, isAway } from '../../../protocol/errors.ts';
import type { Sql } from '../base/Postgres.ts';

/**
 * Which rows an official table would not take, whatever stands in it: each is written by itself and taken back, in the
 * caller's transaction and one round trip.
 * @param rows without chain, seal and leaf
 * @returns in their order why; undefined: it would be taken, or something of that key is there
 * @throws DomainError `store-unavailable`
 */
export async function tryRows(
  sql: Sql,
  table: string,
  rows: readonly { readonly [column: string]: Json }[],
): Promise<readonly unknown[]> {
  return Promise.all(rows.map((row) => tryRow(sql, table, row)));
}

async function tryRow(sql: Sql, table: string, row: { readonly [column: string]: Json }): Promise<unknown> {
  let text: string;
  try {
    text = canonical({ ...row, chain: '', seal: 0, leaf: 0 });
  } catch (error) {
    return error;
  }
  const [before, written, after] = await Promise.allSettled([
    sql.query('SAVEPOINT tried'),
    sql.query(`INSERT INTO ${table} SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1) r`, [text]),
    sql.query('ROLLBACK TO SAVEPOINT tried'),
  ]);
  for (const done of [before, after]) if (done.status === 'rejected') throw done.reason;
  if (written.status === 'fulfilled') return undefined;
  const { reason } = written;
  if (isAway(reason)) throw reason;
  return reason instanceof DomainError && reason.reason === 'conflict' ? undefined : reason;
}
