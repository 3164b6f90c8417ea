import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { AliveSign, Beat, BeatStore } from '../../../cluster/membership/ports.ts';
import { Postgres, type Sql } from '../base/Postgres.ts';

/** Beats in PostgreSQL (CL66). One short statement each second. */
export class PgBeats implements BeatStore {
  /** A connection that nothing else waits on. @param withinMs a beat that waits longer is given up with it */
  static connect(url: string, idleError: (error: Error) => void, withinMs: number): Promise<Postgres> {
    return Postgres.create(url, idleError, 1, undefined, withinMs);
  }

  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** It waits for no lock, disk or standby: what is written of attendance is skipped while its row is being written. */
  async beat({ node, boot }: Sender, number: number, alive?: AliveSign): Promise<readonly Beat[]> {
    if (number === 1) await this.#clear();
    return this.#sql.query<Beat & { boot: string }>(
      `WITH own AS (INSERT INTO node_beats (boot, node, number, at) VALUES ($1, $2, $3, clock_timestamp())
         ON CONFLICT (boot) DO UPDATE SET number = excluded.number, at = excluded.at),
       free AS (SELECT boot FROM attendance_boots WHERE boot = $4 AND ended_at IS NULL FOR NO KEY UPDATE SKIP LOCKED),
       attended AS (UPDATE attendance_boots SET alive_at = greatest(alive_at, to_timestamp($5::float8 / 1000))
         WHERE boot IN (SELECT boot FROM free))
       SELECT boot, node, number FROM node_beats, set_config('synchronous_commit', 'off', true)`,
      [boot, node, number, alive?.boot ?? null, alive?.aliveAt ?? null],
    );
  }

  all(): Promise<readonly Beat[]> {
    return this.#sql.query<Beat & { boot: string }>('SELECT boot, node, number FROM node_beats');
  }

  async end(boot: string): Promise<void> {
    await this.#sql.query('DELETE FROM node_beats WHERE boot = $1', [boot]);
  }

  /** Of nodes that died long ago. One that lives, and whose row goes as a clock was set, writes it again. */
  async #clear(): Promise<void> {
    await this.#sql.query(`DELETE FROM node_beats WHERE at < clock_timestamp() - interval '1 day'`);
  }
}

/** Whether the database has no beats yet, since it was last used by a version before them. */
export async function hasNoBeats(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ none: boolean }>(`SELECT to_regclass('public.node_beats') IS NULL AS none`);
  return row?.none ?? true;
}
