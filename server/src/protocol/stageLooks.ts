import { z } from 'zod';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';

/** TR15: one small picture of a stage, as JPEG. */
export const stagePictureSchema = z.object({
  /** Whose camera it is. */
  identity: z.string(),
  at: z.iso.datetime(),
  bytes: z.base64(),
});
export type StagePicture = z.infer<typeof stagePictureSchema>;

/** TR15: an open stage as officials above it see it among all others. */
export const stageLookSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  /** Units that are here and are shown it. */
  watching: z.number().int(),
  /** null: none came of late. */
  picture: stagePictureSchema.nullable(),
});
export type StageLook = z.infer<typeof stageLookSchema>;

/** `GET /api/briefings/{id}/stages/looks` */
export const stageLooksSchema = z.object({ looks: z.array(stageLookSchema) });
