import type { SourceKeyStore } from '../../../domain/figure/SourceKeys.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import type { Postgres } from '../base/Postgres.ts';

/** FG41: keys of a source that are good at the same time. */
const KEYS_KEPT = 2;

/** Keys of sources, as hashes. */
export class PgSourceKeys implements SourceKeyStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async holder(hash: Buffer): Promise<FigureSource | undefined> {
    const [found] = await this.#postgres.query<{ definition: FigureSource }>(
      `SELECT a.definition FROM figure_keys k JOIN LATERAL (SELECT definition FROM source_acts
         WHERE source = k.source ORDER BY version DESC LIMIT 1) a ON true WHERE k.hash = $1`,
      [hash],
    );
    return found?.definition;
  }

  /** FG41: from now on this one is good, and of those before it the newest. @throws DomainError `not-found` */
  add(source: string, hash: Buffer): Promise<void> {
    return this.#postgres.transaction(async (sql) => {
      // Two that are made at the same moment come one after the other.
      await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('figure-keys ' || $1, 0))`, [source]);
      const known = await sql.query('SELECT FROM source_acts WHERE source = $1 LIMIT 1', [source]);
      if (known.length === 0) throw refuse('not-found', `there is no source ${source}`);
      await sql.query('INSERT INTO figure_keys (hash, source) VALUES ($1, $2)', [hash, source]);
      await sql.query(ENDED, [source, KEYS_KEPT]);
    });
  }

  /** @param keep the newest so many @returns how many are good no more */
  async withdraw(source: string, keep: number): Promise<number> {
    return (await this.#postgres.query(ENDED, [source, keep])).length;
  }

  /** Source -> when its keys were made. */
  async made(): Promise<ReadonlyMap<string, readonly Date[]>> {
    const rows = await this.#postgres.query<{ source: string; made: Date[] }>(
      'SELECT source, array_agg(made ORDER BY made) AS made FROM figure_keys GROUP BY source',
    );
    return new Map(rows.map(({ source, made }) => [source, made]));
  }
}

const ENDED = `DELETE FROM figure_keys WHERE hash IN
  (SELECT hash FROM figure_keys WHERE source = $1 ORDER BY made DESC OFFSET $2) RETURNING 1`;
