import type { z } from 'zod';
import type { Api } from '../../api/Api.ts';
import {
  type AttendanceRow,
  type AttendanceVerdict,
  attendancePageSchema,
  attendanceTimelineSchema,
  type correctAttendanceSchema,
  correctedSchema,
} from '../../api/contract.ts';
import { queryOf } from '../../api/queryOf.ts';

type Asks = Pick<Api, 'ask'>;
export type AttendancePage = z.output<typeof attendancePageSchema>;
export type Timeline = z.output<typeof attendanceTimelineSchema>;

interface AttendanceAsk {
  readonly root: string;
  readonly verdict?: AttendanceVerdict | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What the desks of officials ask about attendance. */
export const attendanceApi = {
  page: (api: Asks, briefing: string, { limit, ...ask }: AttendanceAsk): Promise<AttendancePage> =>
    api.ask(`/api/briefings/${briefing}/attendance?${queryOf({ ...ask, limit: String(limit) })}`, attendancePageSchema),
  timeline: (api: Asks, briefing: string, unit: string): Promise<Timeline> =>
    api.ask(`/api/briefings/${briefing}/attendance/${unit}`, attendanceTimelineSchema),
  correct: (api: Asks, briefing: string, unit: string, body: z.input<typeof correctAttendanceSchema>) =>
    api.ask(`/api/briefings/${briefing}/attendance/${unit}/corrections`, correctedSchema, { method: 'POST', body }),
};

/** What stands on record: an official's word, if there is one, beside what was measured. */
export const standingOf = (row: AttendanceRow): AttendanceVerdict => row.correction?.verdict ?? row.measured;
