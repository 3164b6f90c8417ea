import { z } from 'zod';
import { LONGEST_REASON, MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/**
 * present: at least `percent` of the live time, and (when asked) the last round answered. partial: was there, and
 * misses the rule.
 */
export const attendanceVerdictSchema = z.enum(['present', 'partial', 'absent', 'excused']);
export type AttendanceVerdict = z.infer<typeof attendanceVerdictSchema>;

/** "Present" by rule. `percent` of the time in which the briefing was live. */
export const attendanceRuleSchema = z.object({ percent: z.number().int().min(1).max(100), lastRound: z.boolean() });

const correctionSchema = z.object({
  verdict: attendanceVerdictSchema,
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});

export const attendanceRowSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  firstIn: z.iso.datetime().nullable(),
  lastOut: z.iso.datetime().nullable(),
  /**
   * Merged over devices, reconnects, order channel and media; whole seconds while the doors were open, and of these
   * while live.
   */
  seconds: z.number().int(),
  liveSeconds: z.number().int(),
  /** Of the live time, 0 to 100. */
  share: z.number().int(),
  /** Share of the media time with a good line as the SFU measured it, 0 to 100; null without media. */
  quality: z.number().int().nullable(),
  devices: z.number().int(),
  /** Of the last round: null when none was held that asked this unit. */
  answered: z.boolean().nullable(),
  /** By the rule, from what was measured. */
  measured: attendanceVerdictSchema,
  /** What an official says beside it, newest; the measured facts stay. */
  correction: correctionSchema.nullable(),
});
export type AttendanceRow = z.infer<typeof attendanceRowSchema>;

/**
 * `GET /api/briefings/{id}/attendance?root=&verdict=&after=&limit=`: expected units in path order. The verdict is the
 * corrected one, if there is one.
 */
export const attendanceQuerySchema = z.object({
  root: unitCodeSchema.optional(),
  verdict: attendanceVerdictSchema.optional(),
  after: unitPathSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const attendancePageSchema = z.object({
  at: z.iso.datetime(),
  rule: attendanceRuleSchema,
  /** How long the briefing has been live. */
  liveSeconds: z.number().int(),
  counts: z.record(attendanceVerdictSchema, z.number().int()),
  rows: z.array(attendanceRowSchema),
  total: z.number().int(),
  next: unitPathSchema.nullable(),
});

/** `GET /api/briefings/{id}/attendance/{unit}`: one unit as a timeline. */
export const attendanceTimelineSchema = z.object({
  row: attendanceRowSchema,
  openedAt: z.iso.datetime().nullable(),
  liveAt: z.iso.datetime().nullable(),
  until: z.iso.datetime(),
  /** By line, merged over devices. `to` null: still there. */
  intervals: z.array(
    z.object({
      line: z.enum(['channel', 'media']),
      from: z.iso.datetime(),
      to: z.iso.datetime().nullable(),
      /** The connection was lost with its node: the end is when the node was last known to live. */
      cut: z.boolean(),
    }),
  ),
  /** Share of media time with a good line, by minute. */
  quality: z.array(z.object({ at: z.iso.datetime(), percent: z.number().int() })),
  corrections: z.array(correctionSchema.extend({ receipt: receiptSchema })),
});

/** `POST /api/briefings/{id}/attendance/{unit}/corrections`, by an official of the territory. */
export const correctAttendanceSchema = z.strictObject({
  key: uuidSchema,
  verdict: attendanceVerdictSchema,
  reason: text(LONGEST_REASON),
});
export const correctedSchema = z.object({ row: attendanceRowSchema, receipt: receiptSchema });
