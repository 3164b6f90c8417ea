import { monthsIn, spanOf } from '../../../domain/figure/archive/months.ts';
import type { Observation } from '../../../domain/figure/facts.ts';
import type { Sql } from '../base/Postgres.ts';

/** FG53: the tables of the months of these rows, where they are not there yet; they come and go with the transaction. */
export async function makeMonths(sql: Sql, rows: readonly Pick<Observation, 'period'>[]): Promise<void> {
  await sql.query('SELECT figure_month(m) FROM unnest($1::timestamptz[]) m', [
    [...monthsIn(rows)].map((month) => new Date(spanOf(month).from).toISOString()),
  ]);
}

/** FG53: those of this month and the next, so that no batch has to wait for its own. */
export async function keepMonths(sql: Sql): Promise<void> {
  await sql.query(`SELECT figure_month(clock_timestamp()), figure_month(clock_timestamp() + interval '1 month')`);
}
