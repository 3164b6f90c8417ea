import { ENDED_SESSION_DAYS, KNOWN_DEVICE_DAYS } from '../../../domain/organisation/limits.ts';
import type {
  EndedSession,
  KnownSession,
  NewSession,
  SessionOpening,
  SessionStore,
  StoredAccount,
  StoredSession,
} from '../../../domain/organisation/ports.ts';
import type { Person } from '../../../protocol/person.ts';
import type { Postgres } from '../base/Postgres.ts';
import { useCode } from './codeUse.ts';
import { bindLink, insertSession, isGoodStill, refusedBy, rememberDevice } from './openSession.ts';
import { beginNews } from './PgAccountNews.ts';

interface SessionRow extends StoredAccount {
  readonly session: string;
  readonly secret: string;
  readonly device: string;
  readonly person: Person | null;
}

const GOOD = `sessions s JOIN accounts a ON a.id = s.account AND a.disabled_at IS NULL
  WHERE s.ended_at IS NULL AND s.expires_at > clock_timestamp()`;

/** Longer than any act here takes from its time to its commit. */
const COMMIT_SECONDS = 20;

export class PgSessions implements SessionStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  create(session: NewSession): Promise<SessionOpening> {
    return this.#postgres.transaction(async (sql) => {
      const refused = await refusedBy(sql, session);
      if (refused) return refused;
      const isKept = await isGoodStill(sql, session);
      if (!isKept) await insertSession(sql, session);
      await beginNews(sql, session.account, session.id);
      if (session.remember) await rememberDevice(sql, session);
      if (session.link !== null) await bindLink(sql, session.link, session.device);
      if (session.code !== undefined && !isKept) await useCode(sql, session.code, session);
      return isKept ? 'kept' : 'opened';
    });
  }

  async find(ids: readonly string[]): Promise<readonly StoredSession[]> {
    // As one JSON value: the driver reads a thousand rows, field by field, slowly.
    const [answer] = await this.#postgres.query<{ found: readonly SessionRow[] | null }>(
      `SELECT json_agg(f) AS found FROM (
         SELECT a.id, a.name, a.role, a.unit, a.indicators, s.id AS session, encode(s.secret_hash, 'hex') AS secret, s.device, s.person
         FROM ${GOOD} AND s.id IN (SELECT json_array_elements_text($1))) f`,
      [JSON.stringify(ids)],
    );
    return (answer?.found ?? []).map(({ session, secret, device, person, ...account }) => ({
      id: session,
      secretHash: secret,
      device,
      person,
      account,
    }));
  }

  async endedSince(since: string | undefined): Promise<{ mark: string; sessions: readonly EndedSession[] }> {
    // Three ways to be over, each by an index of its own; since the mark, or since now where the clock was set back.
    const [row] = await this.#postgres.query<{ mark: string; sessions: readonly EndedSession[] | null }>(
      `WITH asked AS MATERIALIZED
         (SELECT clock_timestamp() AS at, least($1::timestamptz, CASE WHEN $1 IS NOT NULL THEN clock_timestamp() END)
           - make_interval(secs => $2) AS since),
       gone AS (
         SELECT s.id FROM sessions s, asked WHERE s.ended_at > asked.since
         UNION SELECT s.id FROM sessions s, asked WHERE s.expires_at > asked.since AND s.expires_at <= asked.at
         UNION SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account, asked WHERE a.disabled_at > asked.since)
       SELECT asked.at::text AS mark, (SELECT json_agg(json_build_object(
         'session', s.id, 'account', s.account, 'unit', a.unit, 'device', s.device))
         FROM gone JOIN sessions s USING (id) JOIN accounts a ON a.id = s.account) AS sessions FROM asked`,
      [since ?? null, COMMIT_SECONDS],
    );
    return { mark: row?.mark ?? '', sessions: row?.sessions ?? [] };
  }

  async changed(known: readonly KnownSession[]): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ id: string }>(
      `SELECT DISTINCT id FROM json_to_recordset($1) k (id text, name text, role text, unit text) WHERE NOT EXISTS
         (SELECT FROM ${GOOD} AND s.id = k.id AND a.name = k.name AND a.role = k.role AND a.unit = k.unit)`,
      [JSON.stringify(known)],
    );
    return rows.map(({ id }) => id);
  }

  async introduce(people: ReadonlyMap<string, Person | null>): Promise<void> {
    const said = [...people].map(([id, person]) => ({ id, person }));
    await this.#postgres.query(
      'UPDATE sessions s SET person = i.person FROM json_to_recordset($1) i (id text, person jsonb) WHERE s.id = i.id',
      [JSON.stringify(said)],
    );
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
    await this.#postgres.query(
      `DELETE FROM device_codes d USING briefings b WHERE b.id = d.briefing
         AND greatest(b.scheduled_at, b.closed_at) < clock_timestamp() - $1::interval`,
      [`${ENDED_SESSION_DAYS} days`],
    );
    await this.#postgres.query(
      'DELETE FROM known_devices WHERE last_at < clock_timestamp() - make_interval(days => $1)',
      [KNOWN_DEVICE_DAYS],
    );
  }
}
