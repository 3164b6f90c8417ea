import { z } from 'zod';
import { MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

const kbpsSchema = z.number().int().nonnegative().max(100_000_000).nullable();

/** RY1: what a device was found to do. */
const foundSchema = z.strictObject({
  camera: z.boolean(),
  microphone: z.boolean(),
  /** The person's own voice moved the meter. */
  voice: z.boolean(),
  /** The person said that they heard the sound. */
  sound: z.boolean(),
  /** null: it could not be measured. */
  downKbps: kbpsSchema,
  upKbps: kbpsSchema,
});
/** `POST /api/readiness`: of the device that sends it. */
export const tellCheckSchema = foundSchema;
export type FoundCheck = z.infer<typeof foundSchema>;

/** RY2: never: in the last fourteen days. lacking: no camera or no microphone. weak: the line. */
export const readinessStateSchema = z.enum(['ready', 'weak', 'lacking', 'never']);
export type ReadinessState = z.infer<typeof readinessStateSchema>;

export const readinessCountSchema = z.object({
  unit: unitCodeSchema,
  name: z.string(),
  expected: z.number().int(),
  ready: z.number().int(),
  weak: z.number().int(),
  lacking: z.number().int(),
  never: z.number().int(),
});
export type ReadinessCount = z.infer<typeof readinessCountSchema>;

export const deviceCheckSchema = foundSchema.extend({ at: z.iso.datetime(), browser: z.string() });
export const readinessRowSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  /** Names of the units above it, the nearest first. */
  above: z.string(),
  state: readinessStateSchema,
  /** The last one, whenever it was; null: none is known. */
  check: deviceCheckSchema.nullable(),
  /** CT1: whom to ring first, and on which number. */
  contact: z.object({ name: z.string().nullable(), telephone: z.string() }).nullable(),
});
export type ReadinessRow = z.infer<typeof readinessRowSchema>;

/** `GET /api/briefings/{id}/readiness`: the units of a scope in path order; with figures of `root` and those below it. */
export const readinessQuerySchema = z.object({
  root: unitCodeSchema.optional(),
  state: readinessStateSchema.optional(),
  /** Path of the last row that is known already. */
  after: unitPathSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const readinessPageSchema = z.object({
  counts: z.array(readinessCountSchema),
  rows: z.array(readinessRowSchema),
  next: unitPathSchema.nullable(),
});
export type ReadinessPage = z.infer<typeof readinessPageSchema>;

/** `GET /api/briefings/{id}/readiness/list`: whom to ring, as a file. */
export const readinessListSchema = z.object({
  root: unitCodeSchema.optional(),
  state: readinessStateSchema.optional(),
  format: z.enum(['csv', 'xlsx']),
  language: z.enum(['vi', 'en']).default('vi'),
});
