import { z } from 'zod';
import { attendanceRuleSchema, attendanceVerdictSchema } from './attendance.ts';
import { briefingSchema } from './briefing.ts';
import { directiveCountSchema, directiveSchema } from './directive.ts';
import { unitCodeSchema } from './organisation.ts';
import { roundCountSchema, roundSchema } from './rollcall.ts';
import { numberSumSchema } from './rollcallNumber.ts';
import { uuidSchema } from './uuid.ts';

/**
 * TR18: of a session that a unit held for itself: who of its territory was connected, who stood on its stage or looked on,
 * its roll-calls, its directives.
 */
export const sessionPartSchema = z.enum(['presence', 'people', 'rounds', 'directives']);
export type SessionPart = z.infer<typeof sessionPartSchema>;

/** `POST /api/reports`: made by a job; what is in it is cut to the caller's territory. */
export const askReportSchema = z.strictObject({
  about: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('attendance'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('rounds'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('directives'), briefing: uuidSchema }),
    z.strictObject({ kind: z.literal('directive'), directive: uuidSchema }),
    z.strictObject({
      kind: z.literal('session'),
      briefing: uuidSchema,
      unit: unitCodeSchema,
      part: sessionPartSchema,
    }),
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
  /** FG32: with the sum of the number that it asked for; absent: it asked for none. */
  rounds: z.array(z.object({ round: roundSchema, total: roundCountSchema, sum: numberSumSchema.optional() })),
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

/** TR18: a session of a unit, with each time that it was held by itself; `to` null: it still is. */
const heldSessionSchema = z.object({
  unit: unitCodeSchema,
  name: z.string(),
  times: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime().nullable() })).readonly(),
});
export type HeldSession = z.infer<typeof heldSessionSchema>;

/** `GET /api/briefings/{id}/sessions`: those of the caller's territory in which somebody stood, as they began. */
export const heldSessionsSchema = z.object({ sessions: z.array(heldSessionSchema) });
