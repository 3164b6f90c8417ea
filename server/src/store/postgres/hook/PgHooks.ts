import { OLD_SECRET_HOURS } from '../../../domain/hook/limits.ts';
import type { HookMessage, HookStore, StoredHook } from '../../../domain/hook/ports.ts';
import type { HookFailure, HookFailures, HookFault, MakeHook } from '../../../protocol/hook.ts';
import { iso } from '../base/columns.ts';
import type { Postgres } from '../base/Postgres.ts';

const LISTED = 200;
const HOOK = `SELECT h.id, h.name, h.url, h.territory, h.path, h.events, h.state, h.stopped, ${iso('h.made_at')} AS "madeAt", a.name AS by,
  CASE WHEN h.old_until > clock_timestamp() THEN ${iso('h.old_until')} END AS "oldUntil",
  (SELECT count(*)::int FROM hook_deliveries d WHERE d.hook = h.id AND d.state = 'waiting') AS waiting,
  (SELECT count(*)::int FROM hook_deliveries d WHERE d.hook = h.id AND d.state = 'failed') AS failed,
  (SELECT ${iso('max(d.last_at)')} FROM hook_deliveries d WHERE d.hook = h.id AND d.state = 'delivered') AS "lastDelivered"
  FROM hooks h JOIN accounts a ON a.id = h.made_by`;

type FailureRow = Omit<HookFailure, 'fault' | 'status'> & { readonly fault: string | null };

export class PgHooks implements HookStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async make(
    hook: MakeHook & { id: string; path: string; secret: string; madeBy: string },
    decide: (hooks: number) => void,
  ): Promise<void> {
    const { id, name, url, territory, path, events, secret, madeBy } = hook;
    await this.#postgres.transaction(async (sql) => {
      await sql.query(`SELECT pg_advisory_xact_lock(hashtext('hooks made'))`);
      const [found] = await sql.query<{ hooks: number }>('SELECT count(*)::int AS hooks FROM hooks');
      decide(found?.hooks ?? 0);
      await sql.query(
        `INSERT INTO hooks (id, name, url, territory, path, events, secret, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, name, url, territory, path, events, secret, madeBy],
      );
    });
  }

  list(): Promise<readonly StoredHook[]> {
    return this.#postgres.query<StoredHook>(`${HOOK} ORDER BY h.made_at`);
  }

  async find(id: string): Promise<StoredHook | undefined> {
    const [hook] = await this.#postgres.query<StoredHook>(`${HOOK} WHERE h.id = $1`, [id]);
    return hook;
  }

  async setState(id: string, state: 'active' | 'paused'): Promise<void> {
    await this.#postgres.query(
      'UPDATE hooks SET state = $2, stopped = NULL, failures = 0, rest_until = NULL WHERE id = $1',
      [id, state],
    );
  }

  async rotate(id: string, secret: string): Promise<void> {
    await this.#postgres.query(
      `UPDATE hooks SET old_secret = secret, old_until = clock_timestamp() + make_interval(hours => ${OLD_SECRET_HOURS}), secret = $2 WHERE id = $1`,
      [id, secret],
    );
  }

  async remove(id: string): Promise<void> {
    await this.#postgres.query('DELETE FROM hooks WHERE id = $1', [id]);
  }

  async enqueue({ hook, event, kind, body, at }: Omit<HookMessage, 'kind'> & { kind: string }): Promise<void> {
    await this.#postgres.query(
      'INSERT INTO hook_deliveries (hook, event, kind, body, at) VALUES ($1, $2, $3, $4, $5)',
      [hook, event, kind, body, at],
    );
  }

  async failures(id: string): Promise<HookFailures> {
    const rows = await this.#postgres.query<FailureRow>(
      `SELECT hook, event, kind, ${iso('at')} AS at, attempts, ${iso('last_at')} AS "lastAt", fault,
         CASE WHEN state = 'waiting' THEN ${iso('next_at')} END AS "nextAt"
       FROM hook_deliveries d WHERE hook = $1 AND (state = 'failed' OR (state = 'waiting' AND attempts > 0))
       ORDER BY d.at DESC LIMIT ${LISTED + 1}`,
      [id],
    );
    const failures = rows.slice(0, LISTED).map(({ fault, ...row }): HookFailure => {
      const [name, status] = fault?.split(' ') ?? [];
      return { ...row, fault: (name as HookFault | undefined) ?? null, status: status ? Number(status) : null };
    });
    return { failures, more: rows.length > LISTED };
  }

  async again(id: string, event: string): Promise<boolean> {
    const rows = await this.#postgres.query(
      `WITH again AS (UPDATE hook_deliveries SET state = 'waiting', attempts = 0, next_at = clock_timestamp()
         WHERE hook = $1 AND event = $2 AND state <> 'delivered' RETURNING hook)
       UPDATE hooks SET rest_until = NULL WHERE id IN (SELECT hook FROM again) RETURNING id`,
      [id, event],
    );
    return rows.length > 0;
  }
}
