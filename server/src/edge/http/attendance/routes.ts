import { z } from 'zod';
import type { AttendanceService } from '../../../domain/attendance/AttendanceService.ts';
import type { Briefings } from '../../../domain/briefing/Briefings.ts';
import {
  attendancePageSchema,
  attendanceQuerySchema,
  attendanceTimelineSchema,
  correctAttendanceSchema,
  correctedSchema,
} from '../../../protocol/attendance.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const unitParams = z.object({ id: uuidSchema, unit: unitCodeSchema });

/** Who was there: a territory, one unit as a timeline, and what an official says beside it. */
export const attendanceRoutes = (attendance: AttendanceService, briefings: Pick<Briefings, 'read'>): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/attendance',
    summary: 'Expected units in path order with what was measured of each; without `root`, those of the caller.',
    access: 'session',
    params,
    query: attendanceQuerySchema,
    answer: attendancePageSchema,
    handle: async ({ caller: { account }, params: { id }, query }) => {
      await briefings.read(account, id);
      return attendance.page(account, id, query);
    },
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/attendance/{unit}',
    summary: 'The timeline of one unit.',
    access: 'session',
    params: unitParams,
    answer: attendanceTimelineSchema,
    handle: async ({ caller: { account }, params: { id, unit } }) => {
      await briefings.read(account, id);
      return attendance.timeline(account, id, unit);
    },
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/attendance/{unit}/corrections',
    summary: 'Say otherwise, with a reason; what was measured stays beside it.',
    access: 'session',
    params: unitParams,
    body: correctAttendanceSchema,
    answer: correctedSchema,
    handle: async ({ caller: { account }, params: { id, unit }, body }) => {
      await briefings.read(account, id);
      return attendance.correct(account, id, unit, body);
    },
  }),
];
