import { z } from 'zod';
import { agendaItemSchema } from './briefing.ts';
import { GALLERY_SIZES, LONGEST_CARD, LONGEST_IDENTITY, LONGEST_TITLE, MOST_AGENDA_ITEMS } from './limits.ts';
import { unitPathSchema } from './organisation.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

const identity = z.string().min(1).max(LONGEST_IDENTITY);

/** PN4: somebody on stage, by what they are or by their device. */
export const castSchema = z.discriminatedUnion('by', [
  /** The first principal on stage. */
  z.strictObject({ by: z.literal('principal') }),
  /** Who came on stage last and is no principal. */
  z.strictObject({ by: z.literal('guest') }),
  z.strictObject({ by: z.literal('device'), identity }),
]);
export type Cast = z.infer<typeof castSchema>;

/** What everybody sees of the stage. */
export const layoutSchema = z.discriminatedUnion('kind', [
  /** Nobody produces: who speaks is large. */
  z.strictObject({ kind: z.literal('auto') }),
  z.strictObject({ kind: z.literal('solo'), who: castSchema }),
  /** Two of the same size, side by side. */
  z.strictObject({ kind: z.literal('pair'), left: castSchema, right: castSchema }),
  /** One large, another small in its corner. */
  z.strictObject({ kind: z.literal('inset'), large: castSchema, small: castSchema }),
  /** So many of those on stage at most, all of the same size. */
  z.strictObject({ kind: z.literal('gallery'), most: z.literal(GALLERY_SIZES) }),
  /** What is shown, large, with a face beside it. */
  z.strictObject({ kind: z.literal('content'), face: castSchema.nullable() }),
  /** A card with a text, behind which nobody is heard. (PN15) */
  z.strictObject({ kind: z.literal('card'), text: text(LONGEST_CARD) }),
]);
export type Layout = z.infer<typeof layoutSchema>;

/** What is shown beside people. What is in it (which page of the slides) is told by the slice that owns it. */
export const contentSchema = z.discriminatedUnion('kind', [
  /** The screen that this device shares. */
  z.strictObject({ kind: z.literal('screen'), identity }),
  z.strictObject({ kind: z.literal('slides'), deck: uuidSchema }),
  /** Which ones is told as `figures.staged`. */
  z.strictObject({ kind: z.literal('figures') }),
]);
export type Content = z.infer<typeof contentSchema>;

/** PN12: the item of the agenda that runs, as it was when the producer chose it. */
export const runningItemSchema = z.object({
  ...agendaItemSchema.shape,
  /** Its place in the agenda then, from 1. */
  nr: z.number().int(),
  /** When it was chosen, by PostgreSQL's clock. */
  since: z.iso.datetime(),
});
export type RunningItem = z.infer<typeof runningItemSchema>;

/** An item by its place, from 1, and by its title, so that nobody starts another one than they saw (PN13). */
export const namedItemSchema = z.strictObject({
  nr: z.number().int().min(1).max(MOST_AGENDA_ITEMS),
  title: z.string().max(LONGEST_TITLE),
});
export type NamedItem = z.infer<typeof namedItemSchema>;

/** PN1: small by nature, and whole in each notice. */
export const programmeSchema = z.object({
  briefing: uuidSchema,
  /** 0: nobody has chosen. */
  seq: z.number().int(),
  layout: layoutSchema,
  content: contentSchema.nullable(),
  /** null: none is marked. */
  item: runningItemSchema.nullable(),
  /** When it was chosen, by PostgreSQL's clock. */
  at: z.iso.datetime().nullable(),
});
export type Programme = z.infer<typeof programmeSchema>;

export const programmeActSchemas = {
  /** What is left out stays as it is. */
  'programme.set': {
    ask: z.strictObject({ layout: layoutSchema.optional(), content: contentSchema.nullable().optional() }),
    answer: programmeSchema,
  },
  /** PN12: this item of the agenda runs from now on; null: none does. */
  'programme.item': { ask: z.strictObject({ item: namedItemSchema.nullable() }), answer: programmeSchema },
} as const;

export const programmeNotices = {
  /** First after each connection, and at each change. */
  programme: programmeSchema,
  /**
   * PN8: whom the automatic choice shows large; null: nobody is on stage. `stage`: on that of a unit (TR2), else on the
   * briefing's own.
   */
  'programme.speaker': z.object({
    briefing: uuidSchema,
    identity: identity.nullable(),
    stage: unitPathSchema.optional(),
  }),
} as const;
