import { z } from 'zod';
import { inBoth } from './figureDefinition.ts';
import { unitCodeSchema } from './organisation.ts';
import { sha256Schema } from './slides.ts';

/** Left, top, right and bottom, in steps of the grid; what is enlarged may reach beyond it. */
const boxSchema = z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]);

/** FG162: a region whose units are small, and where it stands enlarged. */
const insetSchema = z.object({ name: inBoth(40), from: boxSchema, to: boxSchema });
export type BordersInset = z.infer<typeof insetSchema>;

/**
 * The borders of units without units below, as lines that neighbours share. A grid of `steps` by `steps` lies over the
 * map, whose width is `ratio` of its height. Those that ship with the program are of provinces (FG160).
 */
export const bordersSchema = z.object({
  ratio: z.number().positive(),
  steps: z.number().int().positive(),
  /** Of each line x and y of its first point, then how far it is to each that follows. */
  arcs: z.array(z.array(z.number().int())),
  /** Numbers of lines, one after the other; `~n`: line n from its end to its beginning. Outer and inner rings alike. */
  units: z.array(
    z.object({
      code: unitCodeSchema,
      rings: z.array(z.array(z.number().int())),
      /** FG161: name of the archipelago whose islands these are; `code` is its province then. */
      sea: z.string().optional(),
    }),
  ),
  insets: z.array(insetSchema).optional(),
});
export type Borders = z.infer<typeof bordersSchema>;

/** `GET /api/figures/borders`. FG125: under which hash whoever asks has some. */
export const bordersQuerySchema = z.strictObject({ known: sha256Schema.optional() });
export const bordersAnswerSchema = z.object({
  /** Of the borders; left out where there are none. */
  sha256: sha256Schema.optional(),
  /** null: this installation has none, and its maps are tiles; left out: they are those that are known. */
  borders: bordersSchema.nullable().optional(),
});
