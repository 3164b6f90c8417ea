import { monthsIn, spanOf } from '../../../domain/figure/archive/months.ts';
import type { Observation } from '../../../domain/figure/facts.ts';
import type { Sql } from '../base/Postgres.ts';

/** Made by one statement: each table wants files, for which a slow disk takes its time, and a statement has ten seconds. */
const MONTHS_AT_ONCE = 24;

/**
 * FG53: makes the tables of the months of these rows, where they are not there yet, and writes into them; both come and go with the transaction.
 * @param write is asked together with the last tables: a batch of few months waits for no answer in between
 */
export async function inMonths(
  sql: Sql,
  rows: readonly Pick<Observation, 'period'>[],
  write: () => Promise<unknown>,
): Promise<void> {
  const months = [...monthsIn(rows)].map((month) => new Date(spanOf(month).from).toISOString());
  const make = (some: readonly string[]) =>
    sql.query('SELECT figure_month(m) FROM unnest($1::timestamptz[]) m', [some]);
  while (months.length > MONTHS_AT_ONCE) await make(months.splice(0, MONTHS_AT_ONCE));
  await Promise.all([make(months), write()]);
}

/** FG53: those of this month and the next, so that no batch has to wait for its own. */
export async function keepMonths(sql: Sql): Promise<void> {
  await sql.query(`SELECT figure_month(clock_timestamp()), figure_month(clock_timestamp() + interval '1 month')`);
}
