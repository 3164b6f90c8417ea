import { z } from 'zod';
import { attendanceRuleSchema, attendanceVerdictSchema } from './attendance.ts';
import { briefingSchema } from './briefing.ts';
import { directiveCountSchema, directiveSchema } from './directive.ts';
import { unitCodeSchema } from './organisation.ts';
import { roundCountSchema, roundSchema } from './rollcall.ts';
import { uuidSchema } from './uuid.ts';

/** `POST /api/reports`: made by a job; what is in it is cut to the caller's territory. */
export const askReportSchema = z.strictObject({
  about: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('attendance'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('rounds'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('directives'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('directive'), directive: uuidSchema }),
  ]),
  format: z.enum(['csv', 'xlsx']),
  language: z.enum(['vi', 'en']).default('vi'),
});
export type AskReport = z.output<typeof askReportSchema>;

/** `GET /api/reports/{id}`; the file is `GET /api/reports/{id}/file`. */
export const reportSchema = z.object({
  id: uuidSchema,
  state: z.enum(['waiting', 'running', 'ready', 'failed']),
  /** Rows written, of how many. */
  rows: z.number().int(),
  total: z.number().int().nullable(),
  fileName: z.string(),
  /** Why it failed. */
  message: z.string().nullable(),
});
export type Report = z.infer<typeof reportSchema>;

/**
 * Expected units below one unit: how many of them ever came, and how many have each verdict (the corrected one, if
 * there is one).
 */
const territorySummarySchema = z.object({
  unit: unitCodeSchema,
  name: z.string(),
  expected: z.number().int(),
  came: z.number().int(),
  attendance: z.record(attendanceVerdictSchema, z.number().int()),
});
export type TerritorySummary = z.infer<typeof territorySummarySchema>;

/** `GET /api/briefings/{id}/summary`: the briefing on one page, within the caller's territory. */
export const briefingSummarySchema = z.object({
  at: z.iso.datetime(),
  briefing: briefingSchema,
  rule: attendanceRuleSchema,
  liveSeconds: z.number().int(),
  /** Who was here: the root of the territory, then its children in path order; only those with expected units. */
  territories: z.array(territorySummarySchema),
  rounds: z.array(z.object({ round: roundSchema, total: roundCountSchema })),
  calls: z.array(
    z.object({ unitName: z.string(), state: z.string(), at: z.iso.datetime(), answerSeconds: z.number().nullable() }),
  ),
  directives: z.array(z.object({ directive: directiveSchema, total: directiveCountSchema })),
  /** QU14: written questions; a joined one counts as that with which it was joined, on air before in writing. */
  questions: z.object({
    asked: z.number().int(),
    air: z.number().int(),
    written: z.number().int(),
    declined: z.number().int(),
    open: z.number().int(),
  }),
});
export type BriefingSummary = z.infer<typeof briefingSummarySchema>;
