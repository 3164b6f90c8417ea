import type { PresenceStore, SeenUnit } from '../../../domain/presence/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

interface SeenRow {
  unit: string;
  first_seen: Date;
  last_seen: Date;
  present: boolean;
  joined: boolean;
}

export class PgPresence implements PresenceStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async load(briefing: string) {
    const expected = await this.#postgres.query<{ code: string; path: string }>(
      'SELECT unit AS code, path FROM briefing_expected WHERE briefing = $1',
      [briefing],
    );
    const seen = await this.#postgres.query<SeenRow>(
      'SELECT unit, first_seen, last_seen, present, joined FROM presence_seen WHERE briefing = $1',
      [briefing],
    );
    const [board] = await this.#postgres.query<{ alive_at: Date }>(
      'SELECT alive_at FROM presence_boards WHERE briefing = $1',
      [briefing],
    );
    return {
      expected,
      seen: seen.map(({ unit, first_seen, last_seen, present, joined }) => {
        return { unit, firstSeen: first_seen, lastSeen: last_seen, present, joined };
      }),
      aliveAt: board?.alive_at ?? null,
    };
  }

  /** One statement for all units, however many came in these seconds. */
  async save(briefing: string, rows: readonly SeenUnit[], aliveAt: Date): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO presence_seen (briefing, unit, first_seen, last_seen, present, joined)
         SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::timestamptz[], $5::boolean[], $6::boolean[])
         ON CONFLICT (briefing, unit) DO UPDATE SET first_seen = least(presence_seen.first_seen, EXCLUDED.first_seen),
           last_seen = greatest(presence_seen.last_seen, EXCLUDED.last_seen),
           present = CASE WHEN EXCLUDED.last_seen >= presence_seen.last_seen THEN EXCLUDED.present
             ELSE presence_seen.present END,
           joined = presence_seen.joined OR EXCLUDED.joined`,
        [
          briefing,
          rows.map((r) => r.unit),
          rows.map((r) => r.firstSeen),
          rows.map((r) => r.lastSeen),
          rows.map((r) => r.present),
          rows.map((r) => r.joined),
        ],
      );
      await sql.query(
        `INSERT INTO presence_boards (briefing, alive_at) VALUES ($1, $2)
         ON CONFLICT (briefing) DO UPDATE SET alive_at = greatest(presence_boards.alive_at, EXCLUDED.alive_at)`,
        [briefing, aliveAt],
      );
    });
  }
}
