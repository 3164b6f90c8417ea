import type { AttendanceSheets } from '../../domain/attendance/AttendanceSheets.ts';
import { refuse } from '../../protocol/errors.ts';
import type { JobHandler } from '../Jobs.ts';
import type { attendanceSheet } from './attendanceSheet.ts';

/** A sheet is late by this much at most, whatever Redis has lost. */
export const SHEET_SWEEP_MS = 10_000;

/** Seals the sheet, once; a job that came early, twice, or when there is nothing to seal changes nothing. */
export const handleAttendanceSheet =
  (sheets: Pick<AttendanceSheets, 'seal'>): JobHandler<typeof attendanceSheet> =>
  async ({ briefing }) => {
    if ((await sheets.seal(briefing)) === 'wait') throw refuse('busy', 'a node has not written until the end yet');
  };
