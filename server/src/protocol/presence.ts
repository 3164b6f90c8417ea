import { z } from 'zod';
import { equipmentSchema } from './equipment.ts';
import { MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { personSchema } from './person.ts';
import { uuidSchema } from './uuid.ts';

/** What a unit's best line is worth: LiveKit's connection quality of its device, or `lost` while it reconnects. */
export const lineQualitySchema = z.enum(['good', 'weak', 'lost']);
/** here: media is connected. door: only the order channel is. gone: was here and left. never: was not seen yet. */
export const presenceStateSchema = z.enum(['here', 'door', 'gone', 'never']);
export type PresenceState = z.infer<typeof presenceStateSchema>;
export type LineQuality = z.infer<typeof lineQualitySchema>;

/** Expected and present units below one unit. */
export const presenceCountSchema = z.object({
  unit: unitCodeSchema,
  expected: z.number().int(),
  here: z.number().int(),
  door: z.number().int(),
  gone: z.number().int(),
  weak: z.number().int(),
});
export type PresenceCount = z.infer<typeof presenceCountSchema>;

/** Sent to principals and moderators, at most 4 a second: the root of their territory and its children that changed. */
export const presenceTickSchema = z.object({
  briefing: uuidSchema,
  at: z.iso.datetime(),
  /** true: all rows, forget what you had; false: only rows that changed. */
  full: z.boolean(),
  counts: z.array(presenceCountSchema),
});
export type PresenceTick = z.infer<typeof presenceTickSchema>;

/** Units under `root`, filtered, in path order; `after` pages on. */
export const presenceQuerySchema = z.strictObject({
  root: unitCodeSchema,
  states: z.array(presenceStateSchema).min(1).max(4).optional(),
  line: lineQualitySchema.optional(),
  after: unitPathSchema.optional(),
  limit: z.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const presenceRowSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  state: presenceStateSchema,
  line: lineQualitySchema.nullable(),
  devices: z.number().int(),
  /** PR9: null: none of them has told. */
  equipment: equipmentSchema.nullable(),
  /** PS4: who sits at them, as far as they said. */
  people: z.array(personSchema),
  /** First seen, last seen. */
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
});
export type PresenceRow = z.infer<typeof presenceRowSchema>;
export const presencePageSchema = z.object({
  rows: z.array(presenceRowSchema),
  total: z.number().int(),
  next: unitPathSchema.nullable(),
});
export type PresencePage = z.infer<typeof presencePageSchema>;

/** FG98: of the expected units of a territory those that are here, as a map wants them: codes, in path order. */
export const unitsHereSchema = z.object({ expected: z.number().int(), here: z.array(unitCodeSchema) });
export type HereNow = z.infer<typeof unitsHereSchema>;

export const presenceActSchemas = {
  'presence.here': { ask: z.strictObject({ root: unitCodeSchema }), answer: unitsHereSchema },
  'presence.list': { ask: presenceQuerySchema, answer: presencePageSchema },
} as const;

export const presenceNotices = {
  presence: presenceTickSchema,
} as const;
