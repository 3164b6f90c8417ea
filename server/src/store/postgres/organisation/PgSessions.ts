import { ENDED_SESSION_DAYS } from '../../../domain/organisation/limits.ts';
import type {
  KnownSession,
  NewSession,
  SessionStore,
  StoredAccount,
  StoredSession,
} from '../../../domain/organisation/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

interface SessionRow extends StoredAccount {
  readonly session: string;
  readonly secret: string;
  readonly device: string;
}

const GOOD = `sessions s JOIN accounts a ON a.id = s.account AND a.disabled_at IS NULL
  WHERE s.ended_at IS NULL AND s.expires_at > clock_timestamp()`;

export class PgSessions implements SessionStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async create(s: NewSession): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO sessions (id, secret_hash, account, link, device, expires_at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))`,
      [s.id, s.secretHash, s.account, s.link, s.device, s.lifeSeconds],
    );
  }

  async find(ids: readonly string[]): Promise<readonly StoredSession[]> {
    // As one JSON value: the driver reads a thousand rows, field by field, slowly.
    const [answer] = await this.#postgres.query<{ found: readonly SessionRow[] | null }>(
      `SELECT json_agg(f) AS found FROM (
         SELECT a.id, a.name, a.role, a.unit, s.id AS session, encode(s.secret_hash, 'hex') AS secret, s.device
         FROM ${GOOD} AND s.id IN (SELECT json_array_elements_text($1))) f`,
      [JSON.stringify(ids)],
    );
    return (answer?.found ?? []).map(({ session, secret, device, id, name, role, unit }) => ({
      id: session,
      secretHash: secret,
      device,
      account: { id, name, role, unit },
    }));
  }

  async over(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ id: string }>(
      `SELECT id FROM json_array_elements_text($1) asked (id) WHERE NOT EXISTS (SELECT FROM ${GOOD} AND s.id = asked.id)`,
      [JSON.stringify(ids)],
    );
    return rows.map(({ id }) => id);
  }

  async changed(known: readonly KnownSession[]): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ id: string }>(
      `SELECT DISTINCT id FROM json_to_recordset($1) k (id text, name text, role text, unit text) WHERE NOT EXISTS
         (SELECT FROM ${GOOD} AND s.id = k.id AND a.name = k.name AND a.role = k.role AND a.unit = k.unit)`,
      [JSON.stringify(known)],
    );
    return rows.map(({ id }) => id);
  }

  async end(id: string): Promise<void> {
    await this.#postgres.query('UPDATE sessions SET ended_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL', [
      id,
    ]);
  }

  async sweep(): Promise<void> {
    await this.#postgres.query('DELETE FROM sessions WHERE expires_at < clock_timestamp() - $1::interval', [
      `${ENDED_SESSION_DAYS} days`,
    ]);
  }
}
