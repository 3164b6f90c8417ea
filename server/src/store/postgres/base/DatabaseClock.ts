import type { Clock } from '../../../lib/clock.ts';
import type { Sql } from './Postgres.ts';

/** A measurement that took longer than this says little; the one before is better, unless there is none. */
const USEFUL_MS = 500;

/**
 * The database's clock, as far as this process knows it without asking: so the times of several nodes can be compared,
 * and a step of the machine's own clock is not felt.
 */
export class DatabaseClock implements Clock {
  #offset = performance.timeOrigin;
  #measured = false;

  now(): Date {
    return new Date(this.#offset + performance.now());
  }

  /** How far it is before `performance.now`, ms. */
  get offset(): number {
    return this.#offset;
  }

  /** Measures it anew. @param sql a connection that is at hand: waiting for one would be a part of the answer */
  async measure(sql: Sql): Promise<void> {
    const asked = performance.now();
    const [row] = await sql.query<{ ms: number }>(
      'SELECT extract(epoch FROM pg_catalog.clock_timestamp())::float8 * 1000 AS ms',
    );
    const answered = performance.now();
    if (!row || (this.#measured && answered - asked > USEFUL_MS)) return;
    this.#offset = row.ms - (asked + answered) / 2;
    this.#measured = true;
  }
}
