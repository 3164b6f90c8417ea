import type { MeasuredRow } from '../../../domain/attendance/ports.ts';
import type { AttendanceRule } from '../../../domain/attendance/summarise.ts';
import { RowsHash } from '../../../domain/record/rowsHash.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { AttendanceVerdict } from '../../../protocol/attendance.ts';
import type { Sql } from '../base/Postgres.ts';
import { inSubtree } from '../base/subtree.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';
import { type Timeline, timelineRow } from './attendanceTimeline.ts';

const AT_ONCE = 1_000;

/**
 * AT11. The rows first: whoever records on the chain of the briefing must not wait for them.
 * @returns false: there is a sheet already
 */
export async function sealSheet(
  sql: Sql,
  briefing: string,
  rule: AttendanceRule,
  liveSeconds: number,
  rows: readonly MeasuredRow[],
  timeline: Timeline,
): Promise<boolean> {
  await sql.query('SELECT FROM briefings WHERE id = $1 FOR NO KEY UPDATE', [briefing]);
  const done = await sql.query('SELECT FROM attendance_sheets WHERE briefing = $1', [briefing]);
  if (done.length > 0) return false;
  const hash = new RowsHash();
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE).map((row, i) => toRecord(briefing, from + i, row));
    for (const row of await writeRows(sql, some)) hash.add(row);
  }
  const sha256 = hash.close();
  const { percent, lastRound: last_round } = rule;
  const facts = { briefing, percent, last_round, live_seconds: liveSeconds, units: rows.length, sha256 };
  const measured = await timelineRow(sql, briefing, timeline);
  await sealed(sql, chainOfBriefing(briefing), async (batch) => {
    await batch.insert('attendance_sheets', [{ ...facts, at: batch.at }]);
    await batch.insert('attendance_timelines', [{ ...measured, at: batch.at }]);
  });
  return true;
}

/** @returns them as they stand in the table */
async function writeRows(sql: Sql, rows: readonly object[]): Promise<readonly RecordRow[]> {
  const written = await sql.query<{ row: RecordRow }>(
    `INSERT INTO attendance_rows AS t SELECT r.* FROM jsonb_populate_recordset(NULL::attendance_rows, $1) r
     RETURNING to_jsonb(t) AS row`,
    [JSON.stringify(rows)],
  );
  return written.map(({ row }) => row).sort((a, b) => Number(a.nr) - Number(b.nr));
}

interface StoredRow {
  unit: string;
  path: string;
  name: string;
  first_in: Date | null;
  last_out: Date | null;
  seconds: number;
  live_seconds: number;
  share: number;
  quality: number | null;
  devices: number;
  answered: boolean | null;
  measured: AttendanceVerdict;
}

export async function readSheetRows(
  sql: Sql,
  briefing: string,
  root: string,
  after: string | undefined,
  limit: number,
): Promise<readonly MeasuredRow[]> {
  const rows = await sql.query<StoredRow>(
    `SELECT * FROM attendance_rows WHERE briefing = $1 AND ($2 = '' OR ${inSubtree('path', '$2')})
       AND nr > coalesce((SELECT nr FROM attendance_rows WHERE briefing = $1 AND path = $3), -1) ORDER BY nr LIMIT $4`,
    [briefing, root, after ?? null, limit],
  );
  return rows.map(fromRecord);
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function toRecord(briefing: string, nr: number, row: MeasuredRow): object {
  const { unit, path, name, seconds, share, quality, devices, answered, verdict } = row;
  const times = { first_in: iso(row.firstIn), last_out: iso(row.lastOut), live_seconds: row.liveSeconds };
  return { briefing, nr, unit, path, name, ...times, seconds, share, quality, devices, answered, measured: verdict };
}

function fromRecord(row: StoredRow): MeasuredRow {
  const { unit, path, name, seconds, share, quality, devices, answered, measured } = row;
  return {
    ...{ unit, path, name, seconds, share, quality, devices, answered },
    firstIn: row.first_in?.getTime() ?? null,
    lastOut: row.last_out?.getTime() ?? null,
    liveSeconds: row.live_seconds,
    verdict: measured,
  };
}
