import type {
  ContestedValue,
  ContestsBy,
  FigureDeskStore,
  HeldBatch,
  HeldValue,
} from '../../../domain/figure/desk/ports.ts';
import type { LastWord } from '../../../domain/figure/desk/silentSources.ts';
import { HELD_SHOWN_DAYS } from '../../../domain/figure/limits.ts';
import { ms } from '../base/columns.ts';
import type { Postgres } from '../base/Postgres.ts';
import { NEWEST_WORD, OPEN_CONTESTS, SAME_VALUE } from './openContests.ts';

const LATELY = `clock_timestamp() - make_interval(days => ${HELD_SHOWN_DAYS})`;
/** Of values `o`. */
const OF_SCOPE = '($1::text[] IS NULL OR o.unit = ANY ($1)) AND o.indicator <> ALL ($2::text[])';
/** FG16 */
const CONTESTED = `${OPEN_CONTESTS} AND t.at > ${LATELY} AND ${OF_SCOPE}`;

/** FG14: values `o` of batches `b` that nobody has decided on, and of which their source has said nothing newer. */
const WAITING = `figure_batches b JOIN observations o ON o.batch = b.n AND o.held
  LEFT JOIN figure_batch_doubts w ON w.batch = b.n
  WHERE b.held > 0 AND b.at > ${LATELY} AND ${OF_SCOPE} AND ${NEWEST_WORD}
    AND NOT EXISTS (SELECT FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
      WHERE ${SAME_VALUE} AND a.act IN ('release', 'reject'))`;

interface Nothing {
  readonly batch: null;
}

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

  async held(...[{ units, hidden }, page]: Parameters<FigureDeskStore['held']>): ReturnType<FigureDeskStore['held']> {
    // A row at least, for how many there are.
    const rows = await this.#postgres.query<(HeldValue | Nothing) & { count: number } & Record<string, unknown>>(
      `WITH waiting AS MATERIALIZED (
         SELECT o.indicator, ${ms('o.period')} AS period, o.period AS moment, o.unit, o.source, o.revision, o.value::float8,
           o.batch, b.at
         FROM ${WAITING} AND w.batch IS NULL),
       page AS (SELECT * FROM waiting ORDER BY batch DESC, indicator, unit, moment OFFSET $3 LIMIT $4)
       SELECT c.count, v.indicator, v.period, v.unit, v.source, v.revision, v.value, v.batch::float8, v.at, d.reason, d.beside::float8
       FROM (SELECT count(*)::int AS count FROM waiting) c LEFT JOIN page v ON true
       LEFT JOIN figure_doubts d ON d.batch = v.batch AND d.indicator = v.indicator AND d.period = v.moment AND d.unit = v.unit
       ORDER BY v.batch DESC, v.indicator, v.unit, v.moment`,
      [units ?? null, hidden, page.from, page.most],
    );
    const values = rows.flatMap((row): HeldValue[] => {
      if (row.batch === null) return [];
      const { indicator, period, unit, source, revision, value, batch, at, reason, beside } = row;
      return [{ indicator, period, unit, source, revision, value, batch, at, reason, beside }];
    });
    return { count: rows[0]?.count ?? 0, values };
  }

  async heldBatches(
    ...[{ units, hidden }, most]: Parameters<FigureDeskStore['heldBatches']>
  ): ReturnType<FigureDeskStore['heldBatches']> {
    const rows = await this.#postgres.query<HeldBatch & { count: number; inAll: number } & Record<string, unknown>>(
      `SELECT b.n::float8 AS batch, b.at, b.source, w.reason, array_agg(DISTINCT o.indicator) AS indicators, count(*)::int AS values,
         count(*) OVER ()::int AS count, sum(count(*)) OVER ()::float8 AS "inAll"
       FROM ${WAITING} AND w.batch IS NOT NULL GROUP BY b.n, b.at, b.source, w.reason ORDER BY b.n DESC LIMIT $3`,
      [units ?? null, hidden, most],
    );
    const [{ count, inAll } = { count: 0, inAll: 0 }] = rows;
    return { count, inAll, batches: rows.map(({ count: _, inAll: __, ...batch }) => batch) };
  }

  async contested(
    ...[{ units, hidden }, page]: Parameters<FigureDeskStore['contested']>
  ): ReturnType<FigureDeskStore['contested']> {
    type Row = Omit<ContestedValue, 'contest'> & ContestedValue['contest'] & Record<string, unknown>;
    const of = [units ?? null, hidden];
    const [by, rows] = await Promise.all([
      this.#postgres.query<ContestsBy & Record<string, unknown>>(
        `SELECT t.account, t.by_path AS path, count(*)::int AS values FROM ${CONTESTED} GROUP BY t.account, t.by_path`,
        of,
      ),
      this.#postgres.query<Row>(
        `SELECT o.indicator, ${ms('o.period')} AS period, o.unit, o.source, o.revision, o.value::float8, o.held,
           t.at, t.account, t.by_name AS by, t.by_path AS path, t.reason
         FROM ${CONTESTED} ORDER BY t.n DESC, o.indicator, o.unit, o.period OFFSET $3 LIMIT $4`,
        [...of, page.from, page.most],
      ),
    ]);
    const values = rows.map(({ indicator, period, unit, source, revision, value, held, ...contest }) => ({
      ...{ indicator, period, unit, source, revision, value, held, contest },
    }));
    return { values, by };
  }
}
