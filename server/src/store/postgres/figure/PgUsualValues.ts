import { USUAL } from '../../../domain/figure/limits.ts';
import type { UsualStore } from '../../../domain/figure/UsualValues.ts';
import type { Postgres } from '../base/Postgres.ts';
import { goodValues } from './standingCells.ts';

/**
 * By unit, what counts in each of the periods (FG8), the median of that and of how far it is from it. Of an even number of
 * values the lower middle one is taken, so that it is a whole number of steps. All of it happens in PostgreSQL.
 */
const COMPUTE = `INSERT INTO figure_usual (indicator, period, units, medians, spreads)
  WITH counted AS (
    SELECT DISTINCT ON (g.unit, g.period) g.unit, g.value
    FROM (${goodValues()} ORDER BY unit, period, source, revision DESC) g
    JOIN unnest($3::text[], $4::int[]) r (source, rank) USING (source) ORDER BY g.unit, g.period, r.rank, g.source),
  middle AS (
    SELECT unit, percentile_disc(0.5) WITHIN GROUP (ORDER BY value) AS median FROM counted WHERE value IS NOT NULL
    GROUP BY unit HAVING count(*) >= $5),
  spread AS (
    SELECT unit, m.median, percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(c.value - m.median)) AS spread
    FROM middle m JOIN counted c USING (unit) WHERE c.value IS NOT NULL GROUP BY unit, m.median)
  SELECT $1, $6, coalesce(array_agg(unit ORDER BY unit), '{}'), coalesce(array_agg(median ORDER BY unit), '{}'),
    coalesce(array_agg(spread ORDER BY unit), '{}') FROM spread
  ON CONFLICT (indicator) DO UPDATE SET (period, units, medians, spreads) =
    (excluded.period, excluded.units, excluded.medians, excluded.spreads) WHERE figure_usual.period < excluded.period`;

/** FG14: what is usual for units, in PostgreSQL. */
export class PgUsualValues implements UsualStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async compute(...[indicator, periods, sources]: Parameters<UsualStore['compute']>): Promise<void> {
    const moments = periods.map((period) => new Date(period).toISOString());
    const until = moments.at(-1);
    const done = await this.#postgres.query('SELECT FROM figure_usual WHERE indicator = $1 AND period >= $2', [
      indicator,
      until,
    ]);
    // Another node was there first.
    if (done.length > 0) return;
    await this.#postgres.query(COMPUTE, [
      ...[indicator, moments, [...sources.keys()], [...sources.values()].map(({ rank }) => rank), USUAL.least, until],
    ]);
  }
}
