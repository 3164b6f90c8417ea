import type { FigureDefinitions, Observation } from '../../../domain/figure/facts.ts';
import { FIGURES_AHEAD_MS } from '../../../domain/figure/limits.ts';
import type { FigureNews, FigureReader, FigureSpan } from '../../../domain/figure/ports.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';
import { successionsOf } from '../organisation/PgSuccessors.ts';
import { loadDefinitions } from './PgFigureDefinitions.ts';
import { readObservations } from './readObservations.ts';

const COLUMNS = `o.indicator, ${ms('o.period')} AS period, o.unit, o.source, o.revision, o.batch::float8, o.value::float8,
  o.status, o.held, ${ms('o.seen')} AS seen`;
/** All that has an N. */
export const FIGURE_ACTS = `SELECT n, at, touches FROM figure_batches
  UNION ALL SELECT n, at, touches FROM figure_acts UNION ALL SELECT n, at, NULL FROM indicator_acts
  UNION ALL SELECT n, at, NULL FROM source_acts`;
const moment = (period: number): string => new Date(period).toISOString();

/** FG36: of an indicator $1, known by N $3: the newest period in the table, or packed. */
const lastPeriod = (before: string): string => `(SELECT max(period) FROM (
  (SELECT o.period FROM observations o WHERE o.indicator = $1 AND o.batch <= $3 AND o.period ${before} ORDER BY o.period DESC LIMIT 1)
  UNION ALL (SELECT p.period FROM figure_packs_read p WHERE p.indicator = $1 AND p.first <= $3 AND p.period ${before}
    ORDER BY p.period DESC LIMIT 1)) l)`;

/** Figures as they are on record. */
export class PgFigureReader implements FigureReader {
  readonly #postgres: Sql;

  constructor(postgres: Sql) {
    this.#postgres = postgres;
  }

  async last(): Promise<number> {
    const [row] = await this.#postgres.query<{ n: number }>('SELECT n::float8 FROM figure_counter');
    return row?.n ?? 0;
  }

  async timeOf(n: number): Promise<number | undefined> {
    const [row] = await this.#postgres.query<{ at: Date }>(`SELECT at FROM (${FIGURE_ACTS}) a WHERE n = $1`, [n]);
    return row?.at.getTime();
  }

  load(): Promise<FigureDefinitions & { readonly n: number }> {
    return loadDefinitions(this.#postgres);
  }

  successions(): ReturnType<FigureReader['successions']> {
    return successionsOf(this.#postgres);
  }

  since(n: number): Promise<readonly FigureNews[]> {
    return this.#postgres.query<FigureNews & Record<string, unknown>>(
      `SELECT n::float8, (extract(epoch FROM at) * 1000)::float8 AS at, touches FROM (${FIGURE_ACTS}) a WHERE n > $1 ORDER BY a.n`,
      [n],
    );
  }

  /** Jumps from period to period in the indexes, from the last one that could be known by then (FG37). */
  async periods(indicator: string, most: number, until: number): Promise<readonly number[]> {
    const rows = await this.#postgres.query<{ period: number }>(
      `WITH RECURSIVE known (at) AS (SELECT at + $4 * interval '1 ms' FROM (${FIGURE_ACTS}) a WHERE n = $3),
       newest (period, nr) AS (
         (SELECT ${lastPeriod('<= (SELECT at FROM known)')}, 1)
         UNION ALL SELECT ${lastPeriod('< w.period')}, nr + 1 FROM newest w WHERE w.period IS NOT NULL AND nr < $2)
       SELECT ${ms('period')} AS period FROM newest WHERE period IS NOT NULL`,
      [indicator, most, until, FIGURES_AHEAD_MS],
    );
    return rows.map(({ period }) => period);
  }

  observations(indicator: string, span: FigureSpan): Promise<readonly Observation[]> {
    return readObservations(this.#postgres, indicator, span);
  }

  acts(
    ...[indicator, { from, to, after = 0, until }, unit]: Parameters<FigureReader['acts']>
  ): ReturnType<FigureReader['acts']> {
    return this.#postgres.query(
      `SELECT a.n::float8, a.act, a.at, a.by_name AS by, a.by_unit AS "byUnit", a.reason, c.indicator, ${ms('c.period')} AS period,
         c.unit, c.source, c.revision
       FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act WHERE c.indicator = $1 AND c.period BETWEEN $2 AND $3
         AND c.act > $4 AND c.act <= $5 AND ($6::text IS NULL OR c.unit = $6) ORDER BY c.act`,
      [indicator, moment(from), moment(to), after, until, unit ?? null],
    );
  }

  ofUnit(...[indicator, unit, periods, until]: Parameters<FigureReader['ofUnit']>): ReturnType<FigureReader['ofUnit']> {
    return this.#postgres.query(
      `SELECT ${COLUMNS}, b.at, b.reason FROM figure_rows o JOIN figure_batches b ON b.n = o.batch
       WHERE o.indicator = $1 AND o.unit = $2 AND o.period = ANY ($3::timestamptz[]) AND o.batch <= $4
       ORDER BY o.period, o.batch`,
      [indicator, unit, periods.map(moment), until],
    );
  }
}
