import { z } from 'zod';
import { languageSchema } from './briefing.ts';
import { roleSchema, unitCodeSchema, unitPathSchema } from './organisation.ts';
import { personSchema } from './person.ts';

/**
 * `GET /api/briefings/{id}/minutes.docx` and `.pdf`. Language left out: that of the briefing. TR17: `session`: of the one
 * that this unit held for itself; left out: of the briefing.
 */
export const minutesQuerySchema = z.object({
  language: languageSchema.optional(),
  session: unitCodeSchema.optional(),
});

/**
 * MN2. not-held: called off, or never live. not-over: it is still to come, or goes on. measuring: it is over, and its
 * attendance is not sealed yet; ask again in some seconds. ready: the minutes can be taken.
 */
export const minutesStateSchema = z.enum(['not-held', 'not-over', 'measuring', 'ready']);
export type MinutesState = z.infer<typeof minutesStateSchema>;

/** Somebody on stage, once. */
export const speechSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  /** Name of the account: an office, or that of the unit. */
  name: z.string(),
  role: roleSchema,
  /** As they said themselves, last. */
  person: personSchema.nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Of that, with a line; whole. */
  seconds: z.number().int(),
});
export type Speech = z.infer<typeof speechSchema>;

/** MN7: the last seal of the briefing's chain. */
export const recordHeadSchema = z.object({
  chain: z.string(),
  nr: z.number().int(),
  at: z.iso.datetime(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type RecordHead = z.infer<typeof recordHeadSchema>;

/** TR17: a session that a unit of the territory held for itself, with when it was, and how many times somebody spoke. */
export const unitSessionSchema = z.object({
  unit: unitCodeSchema,
  name: z.string(),
  times: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime() })).readonly(),
  speeches: z.number().int(),
});
export type SessionHeld = z.infer<typeof unitSessionSchema>;

/** `GET /api/briefings/{id}/minutes`: what of the minutes a page shows beside the summary. */
export const minutesSchema = z.object({
  state: minutesStateSchema,
  /** The territory of an extract; null: all of the briefing. */
  extract: z.object({ unit: unitCodeSchema, name: z.string() }).nullable(),
  speeches: z.array(speechSchema),
  /** None from a node of an earlier version. */
  sessions: z.array(unitSessionSchema).default([]),
  seal: recordHeadSchema.nullable(),
});
export type Minutes = z.infer<typeof minutesSchema>;
