import type { NewEvent, WeakMinute } from '../../../domain/attendance/events.ts';
import type { AttendanceLog, BootSign } from '../../../domain/attendance/ports.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { sealedAmong } from './attendanceTimeline.ts';

/** What the recorder writes. */
export class PgAttendanceLog implements AttendanceLog {
  readonly #postgres: Postgres;
  readonly #tooLate: (events: number) => void;
  readonly #keepAlive: ((boot: BootSign) => void) | undefined;

  /**
   * @param tooLate told how many events of a batch came after the sheet of their briefing
   * @param keepAlive takes a sign of life along with the next beat of the node; undefined: it is written by itself (CL69)
   */
  constructor(
    postgres: Postgres,
    tooLate: (events: number) => void = () => undefined,
    keepAlive?: (boot: BootSign) => void,
  ) {
    this.#postgres = postgres;
    this.#tooLate = tooLate;
    this.#keepAlive = keepAlive;
  }

  async alive(sign: BootSign): Promise<void> {
    if (!this.#keepAlive) return this.record(sign, [], []);
    this.#keepAlive(sign);
  }

  async record(sign: BootSign, events: readonly NewEvent[], weak: readonly WeakMinute[]): Promise<void> {
    const refused = await this.#postgres.transaction(async (sql) => {
      await this.#alive(sql, sign);
      const late = [...events, ...weak].filter(({ boot }) => boot !== sign.boot);
      if (late.length > 0) await this.#known(sql, sign, [...new Set(late.map(({ boot }) => boot))]);
      const over = await sealedAmong(
        sql,
        [...events, ...weak].map(({ briefing }) => briefing),
      );
      const taken = events.filter(({ briefing }) => !over.has(briefing));
      const minutes = weak.filter(({ briefing }) => !over.has(briefing));
      if (taken.length > 0) await appendEvents(sql, taken);
      if (minutes.length > 0) await writeWeak(sql, minutes);
      return events.length - taken.length;
    });
    if (refused > 0) this.#tooLate(refused);
  }

  /** AT3: with a boot that begins, the ones before on the same node are over. */
  async #alive(sql: Sql, { boot, node, startedAt, aliveAt, endedAt, clock }: BootSign): Promise<void> {
    const [row] = await sql.query<{ first: boolean }>(
      `INSERT INTO attendance_boots AS b (boot, node, started_at, alive_at, ended_at, clock)
       VALUES ($1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6)
       ON CONFLICT (boot) DO UPDATE SET clock = greatest(b.clock, EXCLUDED.clock), ended_at = EXCLUDED.ended_at,
         alive_at = CASE WHEN EXCLUDED.clock > b.clock THEN EXCLUDED.alive_at WHEN EXCLUDED.clock < b.clock THEN b.alive_at
           ELSE greatest(b.alive_at, EXCLUDED.alive_at) END
       RETURNING xmax = 0 AS first`,
      [boot, node, startedAt, aliveAt, endedAt, clock],
    );
    if (!row?.first) return;
    await sql.query(
      'UPDATE attendance_boots SET ended_at = alive_at WHERE node = $1 AND boot <> $2 AND ended_at IS NULL',
      [node, boot],
    );
  }

  /** Boots of this process from before it slept, which may not have written anything yet. */
  async #known(sql: Sql, { node, startedAt, clock }: BootSign, boots: readonly string[]): Promise<void> {
    await sql.query(
      `INSERT INTO attendance_boots (boot, node, started_at, alive_at, ended_at, clock)
       SELECT b, $2, t, t, t, $4 FROM unnest($1::uuid[]) b, to_timestamp($3::float8 / 1000) t ON CONFLICT DO NOTHING`,
      [boots, node, startedAt, clock],
    );
  }
}

/** One statement, however many come in this second. */
async function appendEvents(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  await sql.query(
    `INSERT INTO attendance_events (boot, seq, briefing, unit, identity, line, kind, at)
     SELECT boot, seq, briefing, unit, identity, line, kind, to_timestamp(at / 1000)
     FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[])
       AS e (boot, seq, briefing, unit, identity, line, kind, at)
     ON CONFLICT (boot, seq) DO NOTHING`,
    [
      events.map((e) => e.boot),
      events.map((e) => e.seq),
      events.map((e) => e.briefing),
      events.map((e) => e.unit),
      events.map((e) => e.identity),
      events.map((e) => e.line),
      events.map((e) => e.kind),
      events.map((e) => e.at),
    ],
  );
}

async function writeWeak(sql: Sql, weak: readonly WeakMinute[]): Promise<void> {
  await sql.query(
    `INSERT INTO attendance_quality AS q (briefing, unit, minute, boot, weak_ms)
     SELECT briefing, unit, to_timestamp(minute / 1000), boot, ms
     FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::uuid[], $5::int[]) AS w (briefing, unit, minute, boot, ms)
     ON CONFLICT (briefing, unit, minute, boot) DO UPDATE SET weak_ms = greatest(q.weak_ms, EXCLUDED.weak_ms)`,
    [
      weak.map((w) => w.briefing),
      weak.map((w) => w.unit),
      weak.map((w) => w.minute),
      weak.map((w) => w.boot),
      weak.map((w) => Math.min(60_000, Math.round(w.ms))),
    ],
  );
}
