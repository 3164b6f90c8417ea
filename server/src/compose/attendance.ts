import type { Config } from '../config.ts';
import { AttendanceBook } from '../domain/attendance/AttendanceBook.ts';
import { AttendanceRecorder, RECORD_EVERY_MS } from '../domain/attendance/AttendanceRecorder.ts';
import { AttendanceService } from '../domain/attendance/AttendanceService.ts';
import { AttendanceSheets } from '../domain/attendance/AttendanceSheets.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { handleAttendanceSheet, SHEET_AFTER_MS, SHEET_SWEEP_MS } from '../jobs/attendance/attendanceSheet.handler.ts';
import { attendanceSheet } from '../jobs/attendance/attendanceSheet.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import type { Closer } from '../lib/Closer.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../observability/logger.ts';
import { PgAttendance } from '../store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../store/postgres/attendance/PgAttendanceLog.ts';
import { DatabaseClock } from '../store/postgres/base/DatabaseClock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgRoundAnswers } from '../store/postgres/rollcall/PgRoundAnswers.ts';

interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly closer: Closer;
}

/** The record of who was there: it follows presence from before the first briefing is open, and closes after the last fact. */
export async function composeAttendance(
  { config, logger, closer }: Base,
  postgres: Postgres,
  units: Units,
  presence: Presence,
) {
  const store = new PgAttendance(postgres);
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    path: (code: string) => units.index.find(code)?.path,
  };
  const rule = { percent: config.ATTENDANCE_PERCENT, lastRound: config.ATTENDANCE_LAST_ROUND };
  const gapMs = config.ATTENDANCE_RECONNECT_SECONDS * 1000;
  const book = new AttendanceBook({ store, answers: new PgRoundAnswers(postgres), names, rule, gapMs });
  const sheets = new AttendanceSheets({ store, book, rule });
  const service = new AttendanceService({ book, store, paths: names });

  const clock = new DatabaseClock();
  await clock.measure(postgres);
  const log = new PgAttendanceLog(postgres, clock);
  const recorder = closer.own('attendance', new AttendanceRecorder({ log, clock, node: config.NODE_ID }));
  recorder.follow(presence);
  const failed = (err: unknown) => logger.warn({ err }, 'attendance could not be written; the next try repeats it');
  presence.on('opened', () => void sheets.freezeRules().catch(failed));
  const write = every(RECORD_EVERY_MS, () => recorder.tick(), failed);
  closer.own('attendance writer', write);
  const watch = every(RECORD_EVERY_MS, () => recorder.look(), failed);
  closer.own('attendance watch', watch);
  return { service, sheets, clock };
}

/** The sheet of each briefing that ends, by a job and by a sweep. */
export function composeSheets(
  { logger, closer }: Base,
  { sheets }: { readonly sheets: AttendanceSheets },
  jobs: Jobs,
  briefings: Briefings,
): void {
  jobs.register(attendanceSheet, handleAttendanceSheet(sheets));
  briefings.on('changed', ({ id, state }) => {
    if (state === 'closed') jobs.wake(attendanceSheet, id, { briefing: id }, SHEET_AFTER_MS);
  });
  const failed = (err: unknown) => logger.warn({ err }, 'a sweep failed; the next one tries again');
  const sweep = every(SHEET_SWEEP_MS, () => sheets.sweep(), failed);
  closer.own('attendance sweep', sweep);
}
