import type { Observation } from '../../../domain/figure/facts.ts';
import type { FigureSpan } from '../../../domain/figure/ports.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

/** Rows that differ in unit and value alone; lists in the same order, joined by commas, which no code has. */
interface Run extends Omit<Observation, 'indicator' | 'unit' | 'value'> {
  readonly units: string;
  /** Nothing between two commas: the source says that there is none. */
  readonly values: string;
}

/**
 * In the order in which they were recorded. An hour of a country is one run, as it was written (`writeObservations`): read row
 * by row, each of its ten columns would be a text of its own.
 */
export async function readObservations(
  sql: Sql,
  indicator: string,
  { from, to, after = 0, until }: FigureSpan,
): Promise<Observation[]> {
  const runs = await sql.query<Run & Record<string, unknown>>(
    `SELECT batch::float8, ${ms('period')} AS period, source, revision, status, held, ${ms('seen')} AS seen,
       string_agg(unit, ',') AS units, string_agg(coalesce(value::text, ''), ',') AS values
     FROM observations WHERE indicator = $1 AND period BETWEEN $2 AND $3 AND batch > $4 AND batch <= $5
     GROUP BY observations.batch, observations.period, source, revision, status, held, observations.seen
     ORDER BY observations.batch`,
    [indicator, new Date(from), new Date(to), after, until],
  );
  return runs.flatMap(({ batch, period, source, revision, status, held, seen, ...run }) => {
    const values = run.values.split(',');
    return run.units.split(',').map((unit, i): Observation => {
      const text = values[i] ?? '';
      const value = text === '' ? null : Number(text);
      return { indicator, period, unit, source, revision, batch, value, status, held, seen };
    });
  });
}
