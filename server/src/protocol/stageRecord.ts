import { z } from 'zod';
import { unitCodeSchema } from './organisation.ts';

/** TR13: a stage that a unit was shown for a while; `unit` and `name` null: the briefing's own. `to` null: it still is. */
export const shownStageSchema = z.object({
  unit: unitCodeSchema.nullable(),
  name: z.string().nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
});
export type ShownStage = z.infer<typeof shownStageSchema>;

/** `GET /api/briefings/{id}/shown/{code}` */
export const shownStagesSchema = z.object({ shown: z.array(shownStageSchema) });
