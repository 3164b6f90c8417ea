import type { LastSaid, PastReader, RecordedStop, StopsAsk } from '../../../domain/figure/past/ports.ts';
import type { Postgres } from '../base/Postgres.ts';
import { FIGURE_ACTS } from './PgFigureReader.ts';

/** One of these for each kind of act; $1 to $4: indicators, office, from, to. The newest are taken of each. */
const STOPS = `(SELECT at, 'batch' AS kind, '' AS name, NULL::int AS number, NULL::uuid AS briefing, '{}'::text[] AS paths, source
    FROM figure_batches WHERE at >= $3 AND at <= $4 AND touches ?| $1::text[] ORDER BY at DESC LIMIT $5)
  UNION ALL (SELECT issued_at, 'directive', title, number, briefing, '{}', NULL FROM directives
    WHERE issuer = $2 AND issued_at >= $3 AND issued_at <= $4 ORDER BY issued_at DESC LIMIT $5)
  UNION ALL (SELECT ringing_at, 'call', unit_name, NULL, briefing, ARRAY[path], NULL FROM calls
    WHERE ringing_at >= $3 AND ringing_at <= $4 ORDER BY ringing_at DESC LIMIT $5)
  UNION ALL (SELECT moment, what, title, NULL, id, scope, NULL FROM briefings,
      LATERAL (VALUES (opened_at, 'opened'), (closed_at, 'closed')) AS end_of (moment, what)
    WHERE moment >= $3 AND moment <= $4 ORDER BY moment DESC LIMIT $5)`;

/** What was known of figures, and done, at a moment that has passed. */
export class PgFigurePast implements PastReader {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async lastAt(moment: Date): Promise<{ readonly n: number; readonly at: Date } | undefined> {
    const [row] = await this.#postgres.query<{ n: number; at: Date }>(
      `SELECT n::float8, at FROM (${FIGURE_ACTS}) a WHERE at < $1::timestamptz + interval '1 ms' ORDER BY at DESC, a.n DESC LIMIT 1`,
      [moment],
    );
    return row;
  }

  async stops({ indicators, office, from, to, most }: StopsAsk): Promise<readonly RecordedStop[]> {
    const rows = await this.#postgres.query<RecordedStop & { readonly number: number | null }>(
      `SELECT * FROM (${STOPS}) s ORDER BY at DESC LIMIT $5`,
      [indicators, office, from, to, most],
    );
    return rows.map(({ number, ...row }) => ({ ...row, ...(number !== null && { number }) }));
  }

  lastSaid(...[indicators, { from, to, after, until }, units]: Parameters<PastReader['lastSaid']>) {
    return this.#postgres.query<LastSaid & Record<string, unknown>>(
      `SELECT DISTINCT ON (o.unit) o.unit, b.at, o.source, b.reason FROM figure_rows o JOIN figure_batches b ON b.n = o.batch
       WHERE o.indicator = ANY ($1) AND o.period BETWEEN $2 AND $3 AND o.batch > $4 AND o.batch <= $5 AND o.unit = ANY ($6)
       ORDER BY o.unit, o.batch DESC`,
      [indicators, new Date(from), new Date(to), after, until, units],
    );
  }
}
