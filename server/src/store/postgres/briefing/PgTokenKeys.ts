import type { StoredTokenKey, TokenKeyStore } from '../../../domain/briefing/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

/** Of several nodes that find the key too old only one makes the next. */
const LOCK = 7_310_528;

export class PgTokenKeys implements TokenKeyStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async rotate(fresh: StoredTokenKey, rotateSeconds: number, keepSeconds: number): Promise<readonly StoredTokenKey[]> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      await sql.query('DELETE FROM briefing_keys WHERE made_at < clock_timestamp() - make_interval(secs => $1)', [
        keepSeconds,
      ]);
      // One of the future, by a clock that was set back, would never grow old.
      await sql.query('DELETE FROM briefing_keys WHERE made_at > clock_timestamp()');
      await sql.query(
        `INSERT INTO briefing_keys (id, secret) SELECT $1, $2
         WHERE NOT EXISTS (SELECT FROM briefing_keys WHERE made_at > clock_timestamp() - make_interval(secs => $3))`,
        [fresh.id, fresh.secret, rotateSeconds],
      );
      return sql.query<StoredTokenKey>('SELECT id, secret FROM briefing_keys ORDER BY made_at DESC');
    });
  }

  async all(): Promise<readonly StoredTokenKey[]> {
    return this.#postgres.query<StoredTokenKey>('SELECT id, secret FROM briefing_keys ORDER BY made_at DESC');
  }
}
