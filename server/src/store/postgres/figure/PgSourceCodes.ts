import type { SourceCodes } from '../../../domain/figure/ownCodes.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Postgres } from '../base/Postgres.ts';

export interface SourceCode {
  readonly kind: keyof SourceCodes;
  readonly theirs: string;
  readonly ours: string;
}

/** Codes that sources have for indicators and units. */
export class PgSourceCodes {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async of(source: string): Promise<SourceCodes> {
    const rows = await this.#postgres.query<SourceCode>(
      'SELECT kind, theirs, ours FROM figure_codes WHERE source = $1',
      [source],
    );
    const mapOf = (wanted: SourceCode['kind']) =>
      new Map(rows.flatMap(({ kind, theirs, ours }) => (kind === wanted ? [[theirs, ours] as const] : [])));
    return { indicator: mapOf('indicator'), unit: mapOf('unit') };
  }

  /** FG45: these, instead of those before. @throws DomainError `not-found` */
  replace(source: string, codes: readonly SourceCode[]): Promise<void> {
    return this.#postgres.transaction(async (sql) => {
      const known = await sql.query('SELECT FROM source_acts WHERE source = $1 LIMIT 1', [source]);
      if (known.length === 0) throw refuse('not-found', `there is no source ${source}`);
      await sql.query('DELETE FROM figure_codes WHERE source = $1', [source]);
      await sql.query(
        'INSERT INTO figure_codes (source, kind, theirs, ours) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])',
        [source, codes.map(({ kind }) => kind), codes.map(({ theirs }) => theirs), codes.map(({ ours }) => ours)],
      );
    });
  }
}
