import type { Observation } from '../../../domain/figure/facts.ts';
import type { FigureSpan } from '../../../domain/figure/ports.ts';
import { inTurns, sorted } from '../../../lib/slices.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { type PeriodRows, periodColumns, periodReader } from './periodRows.ts';

/**
 * In the order in which they were recorded. Read row by row, each of the ten columns of each would be a text of its own. Rows are
 * gathered by their period alone, since PostgreSQL would sort them by anything more. FG36: of archived periods they come packed.
 */
export async function readObservations(
  sql: Sql,
  indicator: string,
  { from, to, after = 0, until }: FigureSpan,
): Promise<readonly Observation[]> {
  const periods = await sql.query<PeriodRows & Record<string, unknown>>(
    `SELECT ${ms('observations.period')} AS period, ${periodColumns()}
     FROM observations WHERE indicator = $1 AND period BETWEEN $2 AND $3 AND batch > $4 AND batch <= $5
     GROUP BY observations.period
     UNION ALL SELECT ${ms('p.period')}, p.units, p.vals, p.rests FROM figure_packs_read p WHERE p.indicator = $1
       AND p.period BETWEEN $2 AND $3 AND p.last > $4 AND p.first <= $5`,
    [indicator, new Date(from), new Date(to), after, until],
  );
  const read = periodReader(indicator);
  const rows: Observation[] = [];
  for (const of of periods)
    for (const row of await inTurns(read(of))) if (row.batch > after && row.batch <= until) rows.push(row);
  return inTurns(sorted(rows, (a, b) => a.batch - b.batch));
}
