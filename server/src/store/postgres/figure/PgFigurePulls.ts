import type { ClaimedPull, PullReader, PullStore } from '../../../domain/figure/pull/ports.ts';
import type { RowError } from '../../../protocol/figureBatch.ts';
import type { PullState } from '../../../protocol/figurePull.ts';
import type { Postgres } from '../base/Postgres.ts';

const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const FREE = '(p.leased_until IS NULL OR p.leased_until < clock_timestamp())';

/** FG40: which sources are asked when, and by whom, in PostgreSQL, whose clock alone says what is due. */
export class PgFigurePulls implements PullStore, PullReader {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async begin(listed: Parameters<PullStore['begin']>[0]): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO figure_pulls AS p (source, asks, next_at)
         SELECT source, asks, clock_timestamp() FROM unnest($1::text[], $2::text[]) AS l (source, asks)
       ON CONFLICT (source) DO UPDATE SET asks = excluded.asks, next_at = excluded.next_at, failures = 0, etag = NULL, modified = NULL
         WHERE p.asks <> excluded.asks`,
      [listed.map(({ source }) => source), listed.map(({ asks }) => asks)],
    );
  }

  async due(sources: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ source: string }>(
      `SELECT source FROM figure_pulls p WHERE source = ANY ($1) AND next_at <= clock_timestamp() AND ${FREE} ORDER BY next_at`,
      [sources],
    );
    return rows.map(({ source }) => source);
  }

  async claim(...[{ source, asks }, leaseMs]: Parameters<PullStore['claim']>): Promise<ClaimedPull | undefined> {
    const [row] = await this.#postgres.query<ClaimedPull & Record<string, unknown>>(
      `UPDATE figure_pulls p SET lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => $3),
         asks = $2, etag = CASE WHEN asks = $2 THEN etag END, modified = CASE WHEN asks = $2 THEN modified END
       WHERE source = $1 AND next_at <= clock_timestamp() AND ${FREE}
       RETURNING lease, clock_timestamp() AS at, failures, etag, modified`,
      [source, asks, leaseMs / 1000],
    );
    return row;
  }

  async done(...[source, lease, result]: Parameters<PullStore['done']>): Promise<void> {
    const { at, came, failures, errors, etag, modified, againInMs } = result;
    await this.#postgres.query(
      `UPDATE figure_pulls SET lease = NULL, leased_until = NULL, asked_at = $3, came = $4, failures = $5, errors = $6, etag = $7,
         modified = $8, next_at = clock_timestamp() + make_interval(secs => $9), good_at = CASE WHEN $5 = 0 THEN $3 ELSE good_at END
       WHERE source = $1 AND lease = $2`,
      [source, lease, at, JSON.stringify(came), failures, JSON.stringify(errors), etag, modified, againInMs / 1000],
    );
  }

  async release(source: string, lease: string): Promise<void> {
    await this.#postgres.query(
      'UPDATE figure_pulls SET lease = NULL, leased_until = NULL WHERE source = $1 AND lease = $2',
      [source, lease],
    );
  }

  async states(sources: readonly string[]): Promise<ReadonlyMap<string, PullState>> {
    const rows = await this.#postgres.query<PullState & { source: string }>(
      `SELECT source, CASE WHEN asked_at IS NOT NULL THEN jsonb_build_object('at', ${iso('asked_at')}, 'came', came) END AS asked,
         ${iso('good_at')} AS "goodAt", failures, jsonb_array_length(errors) AS errors, ${iso('next_at')} AS "nextAt",
         NOT ${FREE} AS asking, ${FREE} AND next_at < clock_timestamp() - interval '1 minute' AS overdue
       FROM figure_pulls p WHERE source = ANY ($1)`,
      [sources],
    );
    return new Map(rows.map(({ source, ...state }) => [source, state]));
  }

  async errors(source: string): Promise<readonly RowError[]> {
    const [row] = await this.#postgres.query<{ errors: RowError[] }>(
      'SELECT errors FROM figure_pulls WHERE source = $1',
      [source],
    );
    return row?.errors ?? [];
  }
}
