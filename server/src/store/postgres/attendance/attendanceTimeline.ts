import { RowsHash } from '../../../domain/record/rowsHash.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';
import { KNOWN_BOOTS } from './attendanceFrame.ts';

const AT_ONCE = 1_000;

/** AT11: what a sheet was measured from, as far as its seal vouches for it. */
export interface Timeline {
  readonly events: HashedRows;
  readonly quality: HashedRows;
}

interface HashedRows {
  readonly rows: number;
  readonly weakMs: number;
  readonly hash: string;
}

/** Reads a hundred thousand rows, so nobody is kept waiting by a lock meanwhile. */
export const readTimeline = (postgres: Postgres, briefing: string): Promise<Timeline> =>
  postgres.transaction((sql) => hashed(sql, briefing));

/**
 * The row that is sealed with the sheet. The caller holds the briefing, so nothing comes in (`takenIn`); both tables
 * only grow while it runs, so one that has as many rows, and as many weak milliseconds, is what was read before.
 */
export async function timelineRow(sql: Sql, briefing: string, before: Timeline): Promise<object> {
  const { events, quality } = (await same(sql, briefing, before)) ? before : await hashed(sql, briefing);
  const [known] = await sql.query<{ boots: object }>(
    `SELECT ${KNOWN_BOOTS} AS boots FROM briefings b WHERE b.id = $1`,
    [briefing],
  );
  const facts = { events: events.rows, events_hash: events.hash, quality: quality.rows, quality_hash: quality.hash };
  return { briefing, ...facts, boots: known?.boots ?? {} };
}

/** For a sheet from before timelines were sealed. May run on several nodes at once. */
export async function sealTimeline(postgres: Postgres, briefing: string): Promise<void> {
  const before = await readTimeline(postgres, briefing);
  await postgres.transaction(async (sql) => {
    await sql.query('SELECT FROM briefings WHERE id = $1 FOR NO KEY UPDATE', [briefing]);
    if ((await sql.query('SELECT FROM attendance_timelines WHERE briefing = $1', [briefing])).length > 0) return;
    const row = await timelineRow(sql, briefing, before);
    await sealed(sql, chainOfBriefing(briefing), (batch) =>
      batch.insert('attendance_timelines', [{ ...row, at: batch.at }]),
    );
  });
}

/** AT11: those of these briefings whose timeline is sealed. None of the others is sealed until the caller's transaction ends. */
export async function sealedAmong(sql: Sql, briefings: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(briefings)];
  if (ids.length === 0) return new Set();
  // Two statements: what was sealed while the first waited is seen by the second alone.
  const [, rows] = await Promise.all([
    sql.query('SELECT FROM briefings WHERE id = ANY ($1) ORDER BY id FOR SHARE', [ids]),
    sql.query<{ briefing: string }>('SELECT briefing FROM attendance_timelines WHERE briefing = ANY ($1)', [ids]),
  ]);
  return new Set(rows.map(({ briefing }) => briefing));
}

async function same(sql: Sql, briefing: string, { events, quality }: Timeline): Promise<boolean> {
  const [now] = await sql.query<{ events: number; quality: number; weak: number }>(
    `SELECT (SELECT count(*)::int FROM attendance_events WHERE briefing = $1) AS events,
       count(*)::int AS quality, coalesce(sum(weak_ms), 0)::float8 AS weak FROM attendance_quality WHERE briefing = $1`,
    [briefing],
  );
  return now?.events === events.rows && now.quality === quality.rows && now.weak === quality.weakMs;
}

/** In the order of the registry of official tables. */
async function hashed(sql: Sql, briefing: string): Promise<Timeline> {
  const events = await hashRows(
    sql,
    'SELECT * FROM attendance_events WHERE briefing = $1 ORDER BY boot, seq',
    briefing,
  );
  const quality = await hashRows(
    sql,
    'SELECT * FROM attendance_quality WHERE briefing = $1 ORDER BY unit, minute, boot',
    briefing,
  );
  return { events, quality };
}

async function hashRows(sql: Sql, select: string, briefing: string): Promise<HashedRows> {
  const hash = new RowsHash();
  let [rows, weakMs] = [0, 0];
  await sql.query(`DECLARE timeline NO SCROLL CURSOR FOR SELECT to_jsonb(t) AS row FROM (${select}) t`, [briefing]);
  for (let some = AT_ONCE; some === AT_ONCE; rows += some) {
    const found = await sql.query<{ row: RecordRow }>(`FETCH ${AT_ONCE} FROM timeline`);
    for (const { row } of found) {
      hash.add(row);
      weakMs += Number(row.weak_ms ?? 0);
    }
    some = found.length;
  }
  await sql.query('CLOSE timeline');
  return { rows, weakMs, hash: hash.close() };
}
