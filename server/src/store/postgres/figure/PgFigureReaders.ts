import type { KnownReader, ReaderKeyStore } from '../../../domain/figure/reading/ReaderKeys.ts';
import { codeTaken, demandGrantable } from '../../../domain/figure/reading/readerRights.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureReaderKey } from '../../../protocol/figureReading.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import type { Postgres } from '../base/Postgres.ts';

interface ReaderRow extends Record<string, unknown> {
  readonly code: string;
  readonly name: string;
  readonly root: string;
  readonly indicators: string[];
  readonly until: Date;
  readonly made: Date;
  readonly withdrawn: Date | null;
}

/** A key that reads, as whoever made it lists it. */
export interface ListedReader extends KnownReader {
  readonly made: string;
}

const COLUMNS = 'code, name, root, indicators, until, made, withdrawn';

/** Keys that read figures, as hashes. */
export class PgFigureReaders implements ReaderKeyStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async reader(hash: Buffer): Promise<KnownReader | undefined> {
    const [found] = await this.#postgres.query<ReaderRow>(`SELECT ${COLUMNS} FROM figure_readers WHERE hash = $1`, [
      hash,
    ]);
    return found && listed(found);
  }

  /** @throws DomainError `conflict`, and as `demandGrantable` */
  add(
    reader: FigureReaderKey,
    hash: Buffer,
    { by, root, defined }: { by: string; root: UnitPath; defined: ReadonlyMap<string, Indicator> },
  ): Promise<void> {
    const { code, name, root: unit, indicators, until } = reader;
    return this.#postgres.transaction(async (sql) => {
      const [clock] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      demandGrantable(reader, defined, { root, now: clock?.now.getTime() ?? 0 });
      const added = await sql.query(
        `INSERT INTO figure_readers (hash, code, name, root, indicators, until, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (code) DO NOTHING RETURNING 1`,
        [hash, code, name, unit, indicators, until, by],
      );
      if (added.length === 0) throw codeTaken(code);
    });
  }

  /** @returns whether it was good, or could become so */
  async withdraw(code: string): Promise<boolean> {
    const ended = await this.#postgres.query(
      'UPDATE figure_readers SET withdrawn = clock_timestamp() WHERE code = $1 AND withdrawn IS NULL RETURNING 1',
      [code],
    );
    return ended.length > 0;
  }

  /** All that there ever were, the newest last. */
  async list(): Promise<readonly ListedReader[]> {
    const rows = await this.#postgres.query<ReaderRow>(`SELECT ${COLUMNS} FROM figure_readers ORDER BY made`);
    return rows.map(listed);
  }
}

const listed = ({ until, made, withdrawn, ...row }: ReaderRow): ListedReader => ({
  ...row,
  until: until.toISOString(),
  made: made.toISOString(),
  withdrawn: withdrawn !== null,
});
