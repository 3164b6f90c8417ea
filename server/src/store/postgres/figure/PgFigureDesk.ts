import type { ContestedValue, FigureDeskStore, HeldBatch, HeldValue } from '../../../domain/figure/desk/ports.ts';
import type { LastWord } from '../../../domain/figure/desk/silentSources.ts';
import { HELD_SHOWN_DAYS } from '../../../domain/figure/limits.ts';
import { ms } from '../base/columns.ts';
import type { Postgres } from '../base/Postgres.ts';
import { NEWEST_WORD, OPEN_CONTESTS, SAME_VALUE } from './openContests.ts';

/** FG14: values `o` of batches `b` that nobody has decided on, and of which their source has said nothing newer. */
const WAITING = `figure_batches b JOIN observations o ON o.batch = b.n AND o.held
  LEFT JOIN figure_batch_doubts w ON w.batch = b.n
  WHERE b.held > 0 AND b.at > clock_timestamp() - make_interval(days => ${HELD_SHOWN_DAYS}) AND ($1::text[] IS NULL OR o.unit = ANY ($1))
    AND o.indicator <> ALL ($3::text[])
    AND ${NEWEST_WORD}
    AND NOT EXISTS (SELECT FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
      WHERE ${SAME_VALUE} AND a.act IN ('release', 'reject'))`;

/** What whoever answers for a territory looks at, in PostgreSQL. */
export class PgFigureDesk implements FigureDeskStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  lastWords(): Promise<readonly LastWord[]> {
    return this.#postgres.query<LastWord & Record<string, unknown>>(
      `SELECT DISTINCT ON (source, indicator) source, indicator, ${ms('w.period')} AS period, n::float8, ${ms('at')} AS at
       FROM figure_words w ORDER BY source, indicator, w.period DESC`,
    );
  }

  async held(...[{ units, hidden }, most]: Parameters<FigureDeskStore['held']>): ReturnType<FigureDeskStore['held']> {
    const values = await this.#postgres.query<HeldValue & { count: number } & Record<string, unknown>>(
      `SELECT v.*, d.reason, d.beside::float8 FROM (
         SELECT o.indicator, ${ms('o.period')} AS period, o.period AS moment, o.unit, o.source, o.revision, o.value::float8,
           o.batch::float8, b.at, count(*) OVER ()::int AS count
         FROM ${WAITING} AND w.batch IS NULL ORDER BY b.n DESC, o.indicator, o.unit LIMIT $2) v
       LEFT JOIN figure_doubts d ON d.batch = v.batch AND d.indicator = v.indicator AND d.period = v.moment AND d.unit = v.unit
       ORDER BY v.batch DESC, v.indicator, v.unit`,
      [units ?? null, most, hidden],
    );
    const batches = await this.#postgres.query<HeldBatch & Record<string, unknown>>(
      `SELECT b.n::float8 AS batch, b.at, b.source, w.reason, array_agg(DISTINCT o.indicator) AS indicators, count(*)::int AS values
       FROM ${WAITING} AND w.batch IS NOT NULL GROUP BY b.n, b.at, b.source, w.reason ORDER BY b.n DESC LIMIT $2`,
      [units ?? null, most, hidden],
    );
    return {
      count: values[0]?.count ?? 0,
      values: values.map(({ indicator, period, unit, source, revision, value, batch, at, reason, beside }) => ({
        ...{ indicator, period, unit, source, revision, value, batch, at, reason, beside },
      })),
      batches,
    };
  }

  async contested(
    ...[{ units, hidden }, most]: Parameters<FigureDeskStore['contested']>
  ): Promise<readonly ContestedValue[]> {
    type Row = Omit<ContestedValue, 'contest'> & ContestedValue['contest'] & Record<string, unknown>;
    const rows = await this.#postgres.query<Row>(
      `SELECT o.indicator, ${ms('o.period')} AS period, o.unit, o.source, o.revision, o.value::float8, o.held,
         t.at, t.account, t.by_name AS by, t.by_path AS path, t.reason
       FROM ${OPEN_CONTESTS} AND t.at > clock_timestamp() - make_interval(days => ${HELD_SHOWN_DAYS})
         AND ($1::text[] IS NULL OR o.unit = ANY ($1)) AND o.indicator <> ALL ($3::text[])
       ORDER BY t.n DESC, o.indicator, o.unit LIMIT $2`,
      [units ?? null, most, hidden],
    );
    return rows.map(({ indicator, period, unit, source, revision, value, held, ...contest }) => ({
      ...{ indicator, period, unit, source, revision, value, held, contest },
    }));
  }
}
