import { OWNED_DAYS } from '../../../domain/figure/limits.ts';
import type {
  BatchOfSource,
  DecidedRow,
  FigureOwnerStore,
  OpenRow,
  StagedRow,
} from '../../../domain/figure/owner/ports.ts';
import type { RowError } from '../../../protocol/figureBatch.ts';
import type { Postgres } from '../base/Postgres.ts';
import { NEWEST_WORD, OPEN_CONTESTS, SAME_VALUE } from './openContests.ts';

const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const LATELY = `clock_timestamp() - make_interval(days => ${OWNED_DAYS})`;

/** Of values `o`; $1: indicators, $2: units. */
const OWN = 'o.indicator = ANY ($1) AND ($2::text[] IS NULL OR o.unit = ANY ($2))';
const VALUE = `o.indicator, o.unit, ${iso('o.period')} AS period, o.source, o.revision, o.value::float8`;
/** FG14 */
const HELD = `figure_batches b JOIN observations o ON o.batch = b.n AND o.held LEFT JOIN figure_batch_doubts w ON w.batch = b.n
  LEFT JOIN figure_doubts d ON d.batch = b.n AND d.indicator = o.indicator AND d.period = o.period AND d.unit = o.unit
  WHERE b.held > 0 AND b.at > ${LATELY} AND ${OWN} AND ${NEWEST_WORD} AND NOT EXISTS (SELECT FROM figure_act_cells c
    JOIN figure_acts a ON a.n = c.act WHERE ${SAME_VALUE} AND a.act IN ('release', 'reject'))`;
/** FG16 */
const CONTESTED = `${OPEN_CONTESTS} AND t.at > ${LATELY} AND ${OWN}`;

/** What whoever answers for figures reads, in PostgreSQL. */
export class PgFigureOwners implements FigureOwnerStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  batches(...[sources, indicators, most]: Parameters<FigureOwnerStore['batches']>): Promise<readonly BatchOfSource[]> {
    return this.#postgres.query<BatchOfSource & Record<string, unknown>>(
      `SELECT t.* FROM unnest($1::text[]) AS s (source), LATERAL (
         SELECT b.source, b.n::float8, ${iso('b.at')} AS at, b.by_name AS by, ARRAY(SELECT jsonb_object_keys(b.touches)) AS indicators,
           b.rows AS accepted, b.held, b.unchanged, b.refused, b.reason,
           coalesce((SELECT jsonb_array_length(a.answer->'errors') FROM figure_answers a
             WHERE a.source = b.source AND a.key = b.key), 0) AS errors
         FROM figure_batches b WHERE b.source = s.source AND b.touches ?| $2::text[] AND b.at > ${LATELY}
         ORDER BY b.at DESC LIMIT $3) t ORDER BY t.n DESC`,
      [sources, indicators, most],
    );
  }

  async open(
    ...[indicators, units, { from, most }]: Parameters<FigureOwnerStore['open']>
  ): ReturnType<FigureOwnerStore['open']> {
    const of = [indicators, units ?? null];
    const [[all], rows] = await Promise.all([
      this.#postgres.query<{ count: number }>(
        `SELECT (SELECT count(*) FROM ${HELD})::int + (SELECT count(*) FROM ${CONTESTED})::int AS count`,
        of,
      ),
      this.#postgres.query<OpenRow & Record<string, unknown>>(
        `(SELECT ${VALUE}, ${iso('b.at')} AS at, coalesce(w.reason, d.reason) AS reason, d.beside::float8, NULL::jsonb AS contest
           FROM ${HELD} ORDER BY b.at DESC, o.indicator, o.unit, o.period LIMIT $3::bigint + $4::bigint)
         UNION ALL
         (SELECT ${VALUE}, ${iso('b.at')} AS at, NULL AS reason, NULL::float8 AS beside, jsonb_build_object('at', ${iso('t.at')},
             'by', t.by_name, 'unit', t.by_unit, 'reason', t.reason) AS contest
           FROM ${CONTESTED} ORDER BY b.at DESC, o.indicator, o.unit, o.period LIMIT $3::bigint + $4::bigint)
         ORDER BY at DESC, indicator, unit, period OFFSET $3 LIMIT $4`,
        [...of, from, most],
      ),
    ]);
    return { count: all?.count ?? 0, rows };
  }

  decided(...[indicators, units, most]: Parameters<FigureOwnerStore['decided']>): Promise<readonly DecidedRow[]> {
    return this.#postgres.query<DecidedRow & Record<string, unknown>>(
      `SELECT a.n::float8, a.act, ${iso('a.at')} AS at, a.by_name AS by, a.reason, o.indicator, o.unit, ${iso('o.period')} AS period,
         o.source, o.value::float8, o.many AS values
       FROM (SELECT * FROM figure_acts WHERE act IN ('release', 'reject', 'answer', 'withdraw') AND at > ${LATELY} AND touches ?| $1
         AND EXISTS (SELECT FROM figure_act_cells o WHERE o.act = figure_acts.n AND ${OWN}) ORDER BY n DESC LIMIT $3) a
       CROSS JOIN LATERAL (SELECT o.*, count(*) OVER ()::int AS many FROM figure_act_cells o WHERE o.act = a.n AND ${OWN}
         ORDER BY o.indicator, o.unit, o.period LIMIT 1) o
       ORDER BY a.n DESC`,
      [indicators, units ?? null, most],
    );
  }

  staged(...[indicators, roots, most]: Parameters<FigureOwnerStore['staged']>): Promise<readonly StagedRow[]> {
    return this.#postgres.query<StagedRow & Record<string, unknown>>(
      `SELECT i.indicator, b.title, ${iso('s.at')} AS at, s.n::float8, s.what->>'root' AS root, s.briefing,
         (SELECT ${iso('min(l.at)')} FROM figure_stage_acts l WHERE l.briefing = s.briefing AND l.version > s.version
           AND l.act IN ('show', 'clear')) AS until
       FROM figure_stage_acts s JOIN briefings b ON b.id = s.briefing CROSS JOIN LATERAL (SELECT s.what->>'indicator' AS indicator
         UNION ALL SELECT o->>'indicator' FROM jsonb_array_elements(s.what->'beside') o) i
       WHERE s.act = 'show' AND s.at > ${LATELY} AND i.indicator = ANY ($1)
         AND ($2::text[] IS NULL OR s.what->>'root' = ANY ($2)) AND substr(s.briefing::text, 15, 1) <> '8'
       ORDER BY s.at DESC LIMIT $3`,
      [indicators, roots ?? null, most],
    );
  }

  async errors(n: number): Promise<{ readonly source: string; readonly errors: readonly RowError[] } | undefined> {
    const [row] = await this.#postgres.query<{ source: string; errors: RowError[] }>(
      `SELECT b.source, coalesce(a.answer->'errors', '[]') AS errors FROM figure_batches b
       LEFT JOIN figure_answers a ON a.source = b.source AND a.key = b.key WHERE b.n = $1`,
      [n],
    );
    return row;
  }
}
