import type { Membership } from '../cluster/membership/Membership.ts';
import { AttendanceBook } from '../domain/attendance/AttendanceBook.ts';
import { AttendanceRecorder } from '../domain/attendance/AttendanceRecorder.ts';
import { AttendanceService } from '../domain/attendance/AttendanceService.ts';
import { AttendanceSheets } from '../domain/attendance/AttendanceSheets.ts';
import { RECORD_EVERY_MS } from '../domain/attendance/limits.ts';
import type { BootSign } from '../domain/attendance/ports.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import type { SteadyClock } from '../domain/clock/SteadyClock.ts';
import type { Presence } from '../domain/presence/Presence.ts';
import { attendanceRoutes } from '../edge/http/attendance/routes.ts';
import { handleAttendanceSheet, SHEET_SWEEP_MS } from '../jobs/attendance/attendanceSheet.handler.ts';
import { attendanceSheet, SHEET_AFTER_MS } from '../jobs/attendance/attendanceSheet.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import { PgAttendance } from '../store/postgres/attendance/PgAttendance.ts';
import { PgAttendanceLog } from '../store/postgres/attendance/PgAttendanceLog.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgRoundAnswers } from '../store/postgres/rollcall/PgRoundAnswers.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly steady: SteadyClock;
  readonly membership: Membership | undefined;
  readonly names: { name(code: string): string | undefined; path(code: string): string | undefined };
  /** No briefing is open in it yet. */
  readonly presence: Presence;
  readonly briefings: Briefings;
  readonly jobs: Jobs;
}

/**
 * The record of who was there: it follows presence from before the first briefing is open, and closes after the last
 * fact.
 */
export function composeAttendance({ config, logger }: Base, needs: Needs) {
  const { postgres, steady, membership, names, presence, briefings, jobs } = needs;
  const store = new PgAttendance(postgres);
  const rule = { percent: config.ATTENDANCE_PERCENT, lastRound: config.ATTENDANCE_LAST_ROUND };
  const gapMs = config.ATTENDANCE_RECONNECT_SECONDS * 1000;
  const book = new AttendanceBook({ store, answers: new PgRoundAnswers(postgres), names, rule, gapMs });
  const sheets = new AttendanceSheets({ store, book, rule, clock: steady });
  const attendance = new AttendanceService({ book, store, paths: names });

  const tooLate = (events: number) =>
    logger.warn({ events }, 'events of attendance came after the sheet of their briefing and are not in the record');
  const keepAlive = membership && ((sign: BootSign) => membership.keepAlive(sign));
  const log = new PgAttendanceLog(postgres, tooLate, keepAlive);
  const recorder = new AttendanceRecorder({ log, time: steady, node: config.NODE_ID });
  recorder.follow(presence);
  const failed = (err: unknown) => logger.warn({ err }, 'the rules of attendance were not frozen; the sheet does it');
  presence.on('opened', () => void sheets.freezeRules().catch(failed));
  briefings.on('changed', ({ id, state }) => {
    if (state === 'closed') jobs.wake(attendanceSheet, id, { briefing: id }, SHEET_AFTER_MS);
  });

  const part = {
    name: 'attendance',
    routes: attendanceRoutes(attendance, briefings),
    jobs: [job(attendanceSheet, handleAttendanceSheet(sheets))],
    sweeps: [
      { name: 'attendance events', everyMs: RECORD_EVERY_MS, run: () => recorder.tick() },
      { name: 'pauses of this process', everyMs: RECORD_EVERY_MS, run: () => recorder.look() },
      { name: 'attendance sheets', everyMs: SHEET_SWEEP_MS, run: () => sheets.sweep() },
    ],
    close: () => recorder.close(),
  } satisfies Part;
  return { part, attendance };
}
