import { KEPT_DAYS } from '../../../domain/hook/limits.ts';
import type { DueDelivery, HookQueue } from '../../../domain/hook/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

/** Hooks that one look takes. */
const CLAIMED = 32;
const FORGOTTEN = 5_000;
const seconds = (parameter: string): string => `clock_timestamp() + make_interval(secs => ${parameter}::float8)`;

/** WH2: who delivers says so in the row of the hook, until a moment of PostgreSQL's clock. */
export class PgHookQueue implements HookQueue {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async claim(boot: string, lease: number): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ id: string }>(
      `UPDATE hooks SET lease_boot = $1, lease_until = ${seconds('$2')} WHERE id IN (
         SELECT id FROM hooks h WHERE state = 'active' AND (lease_until IS NULL OR lease_until < clock_timestamp())
           AND (rest_until IS NULL OR rest_until <= clock_timestamp())
           AND EXISTS (SELECT FROM hook_deliveries d WHERE d.hook = h.id AND d.state = 'waiting' AND d.next_at <= clock_timestamp())
         LIMIT ${CLAIMED} FOR UPDATE SKIP LOCKED) RETURNING id`,
      [boot, lease],
    );
    return rows.map(({ id }) => id);
  }

  async next(hook: string, boot: string, lease: number): Promise<DueDelivery | undefined> {
    const [due] = await this.#postgres.query<DueDelivery>(
      `WITH mine AS (UPDATE hooks SET lease_until = ${seconds('$3')}
         WHERE id = $1 AND lease_boot = $2 AND lease_until > clock_timestamp() AND state = 'active' RETURNING *)
       SELECT d.hook, m.url, array_remove(ARRAY[m.secret, CASE WHEN m.old_until > clock_timestamp() THEN m.old_secret END], NULL) AS secrets,
         d.event, d.body, d.attempts, m.failures
       FROM mine m JOIN hook_deliveries d ON d.hook = m.id
       WHERE d.state = 'waiting' AND d.next_at <= clock_timestamp() ORDER BY d.at, d.event LIMIT 1`,
      [hook, boot, lease],
    );
    return due;
  }

  async delivered({ hook, event }: DueDelivery): Promise<void> {
    await this.#postgres.query(
      `WITH done AS (UPDATE hook_deliveries SET state = 'delivered', attempts = attempts + 1, last_at = clock_timestamp(), fault = NULL
         WHERE hook = $1 AND event = $2)
       UPDATE hooks SET failures = 0, rest_until = NULL WHERE id = $1 AND failures > 0`,
      [hook, event],
    );
  }

  async failed({ hook, event }: DueDelivery, fault: string, again: number | undefined, rest: number): Promise<void> {
    await this.#postgres.query(
      `WITH tried AS (UPDATE hook_deliveries SET attempts = attempts + 1, last_at = clock_timestamp(), fault = $3,
           state = CASE WHEN $4::float8 IS NULL THEN 'failed' ELSE 'waiting' END, next_at = coalesce(${seconds('$4')}, next_at)
         WHERE hook = $1 AND event = $2 AND state = 'waiting')
       UPDATE hooks SET failures = failures + 1, rest_until = ${seconds('$5')} WHERE id = $1`,
      [hook, event, fault, again ?? null, rest],
    );
  }

  async stop(hook: string, why: 'gone' | 'maker'): Promise<void> {
    await this.#postgres.query(`UPDATE hooks SET state = 'stopped', stopped = $2 WHERE id = $1`, [hook, why]);
  }

  async release(hook: string, boot: string): Promise<void> {
    await this.#postgres.query(
      'UPDATE hooks SET lease_boot = NULL, lease_until = NULL WHERE id = $1 AND lease_boot = $2',
      [hook, boot],
    );
  }

  /** WH13. */
  async forget(): Promise<void> {
    await this.#postgres.query(
      `DELETE FROM hook_deliveries WHERE (hook, event) IN (SELECT hook, event FROM hook_deliveries
         WHERE state <> 'waiting' AND last_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS}) LIMIT ${FORGOTTEN})`,
    );
  }
}
