import { z } from 'zod';
import { bordersSchema } from './figureBorders.ts';
import { GROUND_PIECE } from './limits.ts';
import { unitCodeSchema } from './organisation.ts';
import { pieceQuerySchema } from './pieces.ts';

/** FG121: the borders of what is on a stage: of the units right below its root, or of each unit there without units below it. */
export const groundSchema = bordersSchema.extend({
  units: z.array(
    bordersSchema.shape.units.element.extend({
      /** Code of the unit right below the root in which it lies, where it is none itself. `sea`, FG35: the archipelago that it is, or belongs to. */
      in: unitCodeSchema.optional(),
    }),
  ),
});
export type Ground = z.infer<typeof groundSchema>;

/** `GET /api/briefings/{id}/grounds/{sha256}`: so many characters of its JSON, after so many others. */
export const groundPieceQuerySchema = pieceQuerySchema(GROUND_PIECE);
export type GroundPieceQuery = z.infer<typeof groundPieceQuerySchema>;
export const groundPieceSchema = z.object({
  /** How many characters there are. */
  of: z.number().int(),
  text: z.string(),
});
export type GroundPiece = z.infer<typeof groundPieceSchema>;
