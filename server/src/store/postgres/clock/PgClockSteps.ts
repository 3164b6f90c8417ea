import type { ClockReading, ClockStep, ClockStore } from '../../../domain/clock/ports.ts';
import { ms } from '../base/columns.ts';
import type { DatabaseClock } from '../base/DatabaseClock.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { SYSTEM, sealed } from '../record/sealed.ts';

const STEPS = 'SELECT nr, ms::float8, briefings FROM clock_steps WHERE nr > $1 ORDER BY nr';

/** By how much the clock was set after a boot `b` beat last, as an interval. */
export const SINCE_BEAT = "(SELECT coalesce(sum(s.ms), 0) * interval '1 ms' FROM clock_steps s WHERE s.nr > b.clock)";

/** Those whose attendance can still change. */
const BRIEFINGS = `SELECT coalesce(jsonb_agg(jsonb_build_object('briefing', b.id, 'state', b.state) ORDER BY b.id), '[]') AS running FROM briefings b
  WHERE b.state IN ('open', 'live') OR b.state = 'closed' AND EXISTS (SELECT FROM attendance_rules WHERE briefing = b.id)
    AND NOT EXISTS (SELECT FROM attendance_sheets WHERE briefing = b.id)`;

/** Steps of PostgreSQL's clock, on the chain `system`. */
export class PgClockSteps implements ClockStore {
  readonly #postgres: Postgres;
  readonly #clock: DatabaseClock;

  constructor(postgres: Postgres, clock: DatabaseClock) {
    this.#postgres = postgres;
    this.#clock = clock;
  }

  read(after: number): Promise<ClockReading> {
    return this.#postgres.transaction(async (sql) => {
      await this.#clock.measure(sql);
      return { offset: this.#clock.offset, steps: await readSteps(sql, after) };
    });
  }

  record(...[after, found, decide]: Parameters<ClockStore['record']>): Promise<readonly ClockStep[]> {
    const { node, expected } = found;
    return this.#postgres.transaction(async (sql) => {
      await sealed(sql, SYSTEM, async (batch) => {
        const steps = await readSteps(sql, after);
        const step = decide({ steps, heardAt: await readHeard(sql, node) });
        if (step === undefined) return;
        const [found] = await sql.query<{ running: unknown; nr: number }>(
          `SELECT running, (SELECT coalesce(max(nr), 0) + 1 FROM clock_steps) AS nr FROM (${BRIEFINGS}) r`,
        );
        const row = { nr: found?.nr, at: batch.at, node, expected: new Date(expected), ms: Math.round(step) };
        await batch.insert('clock_steps', [{ ...row, briefings: found?.running }]);
      });
      return readSteps(sql, after);
    });
  }
}

const readSteps = (sql: Sql, after: number): Promise<readonly ClockStep[]> =>
  sql.query<ClockStep & Record<string, unknown>>(STEPS, [after]);

/** The latest beat at another node, as the clock goes now. */
async function readHeard(sql: Sql, node: string): Promise<number | null> {
  const [row] = await sql.query<{ heard: number | null }>(
    `SELECT ${ms(`max(b.alive_at + ${SINCE_BEAT})`)} AS heard FROM attendance_boots b WHERE b.ended_at IS NULL AND b.node <> $1`,
    [node],
  );
  return row?.heard ?? null;
}
