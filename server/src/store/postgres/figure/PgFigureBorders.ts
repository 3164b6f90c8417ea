import { hash } from 'node:crypto';
import type { FigureBordersStore } from '../../../domain/figure/borders/FigureBorders.ts';
import type { FigureStageMark } from '../../../domain/figure/stage/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

/** Held by whoever gives borders until they are there, and shared by those who ask which were the newest. */
const LOCK = "hashtextextended('figure-borders', 0)";
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

  /** Waits for those that are being given, since their time may be before that of the act: else a node that asks later would see them. */
  newestAt({ briefing, version }: FigureStageMark): Promise<number | undefined> {
    return this.#postgres.transaction(async (sql) => {
      const [, [row]] = await Promise.all([
        sql.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`),
        sql.query<{ id: number }>(
          `SELECT max(b.id)::float8 AS id FROM figure_borders b WHERE b.at <
             (SELECT a.at FROM figure_stage_acts a WHERE a.briefing = $1 AND a.version <= $2 AND a.act = 'show'
              ORDER BY a.version DESC LIMIT 1)`,
          [briefing, version],
        ),
      ]);
      return row?.id ?? undefined;
    });
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
    await this.#postgres.transaction(async (sql) => {
      await sql.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
      await sql.query(`INSERT INTO figure_borders (units, drawn, sha256) VALUES ($1, $2, decode($3, 'hex'))`, [
        units,
        drawn,
        sumOf(drawn),
      ]);
      // An act says its time to the millisecond: one that sees them is of a later one.
      await sql.query('SELECT pg_sleep(0.001)');
    });
  }
}
