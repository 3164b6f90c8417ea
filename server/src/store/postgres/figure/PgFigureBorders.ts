import { hash } from 'node:crypto';
import type { FigureBordersStore } from '../../../domain/figure/borders/FigureBorders.ts';
import type { Postgres } from '../base/Postgres.ts';

const sumOf = (drawn: string | null): string => hash('sha256', drawn ?? '', 'hex');

/** Borders of maps, in PostgreSQL: the newest are those that are drawn. */
export class PgFigureBorders implements FigureBordersStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async newest(): Promise<number | undefined> {
    const [row] = await this.#postgres.query<{ id: number }>('SELECT max(id)::float8 AS id FROM figure_borders');
    return row?.id ?? undefined;
  }

  async read(id: number): Promise<string | null | undefined> {
    const [row] = await this.#postgres.query<{ drawn: string | null; sum: string }>(
      `SELECT drawn, encode(sha256, 'hex') AS sum FROM figure_borders WHERE id = $1`,
      [id],
    );
    return row && row.sum === sumOf(row.drawn) ? row.drawn : undefined;
  }

  /** In the place of those that are there. @param drawn null: none any more */
  async put(drawn: string | null, units: number): Promise<void> {
    await this.#postgres.query(`INSERT INTO figure_borders (units, drawn, sha256) VALUES ($1, $2, decode($3, 'hex'))`, [
      units,
      drawn,
      sumOf(drawn),
    ]);
  }
}
