import { z } from 'zod';
import { equipmentSchema } from './equipment.ts';
import { callSchema, seatSchema } from './floor.ts';
import { LONGEST_SEARCH, MOST_HITS, USUAL_HITS } from './limits.ts';
import { unitSchema } from './organisation.ts';
import { lineQualitySchema, presenceStateSchema } from './presence.ts';

/** Whether a call would come through. now: it rings. absent: invited, and no device is here. outside: not invited. */
export const callableSchema = z.enum(['now', 'absent', 'outside']);
export type Callable = z.infer<typeof callableSchema>;

/** A unit as somebody reads it who thinks of calling it. */
export const callHitSchema = unitSchema.pick({ code: true, path: true, tier: true, name: true }).extend({
  /** District and province, nearest first. */
  within: z.string(),
  callable: callableSchema,
  presence: presenceStateSchema,
  /** When a device of it was last here; null: never, or now. */
  lastSeen: z.iso.datetime().nullable(),
  line: lineQualitySchema.nullable(),
  equipment: equipmentSchema.nullable(),
});
export type CallHit = z.infer<typeof callHitSchema>;

/** `GET /api/briefings/{id}/callable?q=`: connected units first, then invited ones, then the others (SC14). */
export const callSearchSchema = z.object({
  q: z.string().trim().min(1).max(LONGEST_SEARCH),
  limit: z.coerce.number().int().min(1).max(MOST_HITS).default(USUAL_HITS),
});
/** `total` counts all that match. */
export const callHitsSchema = z.object({ units: z.array(callHitSchema), total: z.number().int() });
export type CallHits = z.infer<typeof callHitsSchema>;

/** `GET /api/briefings/{id}/callable/{code}`: the unit, and who near it can be called now (SC15). */
export const callHelpSchema = z.object({
  unit: callHitSchema,
  /** Officials over it who are connected, nearest first. */
  officials: z.array(z.object({ unit: callHitSchema, seats: z.array(seatSchema.pick({ name: true, role: true })) })),
  neighbours: z.array(callHitSchema),
});
export type CallHelp = z.infer<typeof callHelpSchema>;

/**
 * `GET /api/briefings/{id}/calls`: those of the caller's territory, at most `CALLS_SHOWN`. `GET /api/calls/missed`: of the
 * own unit (SC16). The newest first.
 */
export const callListSchema = z.object({ calls: z.array(callSchema) });
