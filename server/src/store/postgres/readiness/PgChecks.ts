import { CHECK_DAYS, MOST_DEVICES } from '../../../domain/readiness/limits.ts';
import type { CheckStore, NewCheck, StoredCheck } from '../../../domain/readiness/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

const columns = `c.unit, c.at, c.camera, c.microphone, c.voice, c.sound, c.down_kbps AS "downKbps", c.up_kbps AS "upKbps", c.browser`;

export class PgChecks implements CheckStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async write(checks: readonly NewCheck[]): Promise<void> {
    const last = new Map(checks.map((check) => [`${check.unit} ${check.device}`, check]));
    // In one order, so that two groups wait for each other.
    const rows = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, check]) => check);
    await this.#postgres.query(
      `INSERT INTO device_checks (unit, device, account, camera, microphone, voice, sound, down_kbps, up_kbps, browser)
       SELECT unit, device, account, camera, microphone, voice, sound, "downKbps", "upKbps", browser
       FROM jsonb_to_recordset($1) AS r (unit text, device text, account uuid, camera boolean, microphone boolean,
         voice boolean, sound boolean, "downKbps" int, "upKbps" int, browser text)
       ON CONFLICT (unit, device) DO UPDATE SET account = excluded.account, at = clock_timestamp(), camera = excluded.camera,
         microphone = excluded.microphone, voice = excluded.voice, sound = excluded.sound,
         down_kbps = excluded.down_kbps, up_kbps = excluded.up_kbps, browser = excluded.browser`,
      [JSON.stringify(rows)],
    );
  }

  async latest(units: readonly string[]): Promise<readonly StoredCheck[]> {
    const rows = await this.#postgres.query<Omit<StoredCheck, 'at'> & { at: Date }>(
      `SELECT DISTINCT ON (c.unit) ${columns} FROM device_checks c WHERE c.unit = ANY ($1)
       ORDER BY c.unit, c.at DESC`,
      [units],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  async sweep(): Promise<void> {
    await this.#postgres.query(
      `DELETE FROM device_checks d USING (SELECT unit, device, at,
         row_number() OVER (PARTITION BY unit ORDER BY at DESC) AS nr FROM device_checks) o
       WHERE d.unit = o.unit AND d.device = o.device
         AND (o.nr > $1 OR o.at < clock_timestamp() - make_interval(days => $2))`,
      [MOST_DEVICES, CHECK_DAYS],
    );
  }
}
