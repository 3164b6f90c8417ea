import { z } from 'zod';
import { LONGEST_PAGE_TEXT, LONGEST_TITLE, MOST_PAGES, SLIDE_PIXELS } from './limits.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** Names of bytes. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** What browsers make of a page; Safari writes no WebP. */
export const slideTypes = ['image/webp', 'image/png'] as const;

const pageNumber = z.number().int().min(1).max(MOST_PAGES);
const side = z.number().int().min(1).max(SLIDE_PIXELS);

/** One page, as two pictures under their hashes. */
export const slidePageSchema = z.strictObject({
  wide: sha256Schema,
  narrow: sha256Schema,
  /** Of the wide picture. */
  width: side,
  height: side,
  /** What the page says, for those who do not see it; empty when the file has no text. */
  text: z.string().max(LONGEST_PAGE_TEXT),
});
export type SlidePage = z.infer<typeof slidePageSchema>;

/** `POST /api/briefings/{id}/decks`: the same file again answers the same deck, with the pages that it has. */
export const addDeckSchema = z.strictObject({
  /** SHA-256 of the file that the pages are made of. */
  source: sha256Schema,
  title: text(LONGEST_TITLE),
  /** Pages. */
  size: pageNumber,
});
export type AddDeck = z.infer<typeof addDeckSchema>;

export const deckSchema = z.object({
  id: uuidSchema,
  briefing: uuidSchema,
  source: sha256Schema,
  title: z.string(),
  size: pageNumber,
  /** It was on the stage, so it stays. */
  shown: z.boolean(),
  /** In their order; those that are not there yet are null. */
  pages: z.array(slidePageSchema.nullable()),
});
export type Deck = z.infer<typeof deckSchema>;

/** Without its pages. `ready`: how many are there. */
export const deckSummarySchema = deckSchema.omit({ pages: true }).extend({ ready: z.number().int() });
export type DeckSummary = z.infer<typeof deckSummarySchema>;
export const deckListSchema = z.object({ decks: z.array(deckSummarySchema) });

export const slideImageSchema = z.object({ sha256: sha256Schema });
export const pageParamsSchema = z.object({ id: uuidSchema, nr: z.coerce.number().pipe(pageNumber) });

/** What all see of the slides of a briefing. `seq` grows with each change. */
export const slidesSchema = z.object({
  briefing: uuidSchema,
  seq: z.number().int(),
  shown: z.object({ deck: uuidSchema, title: z.string(), size: pageNumber, page: pageNumber }).nullable(),
});
export type Slides = z.infer<typeof slidesSchema>;

/** A place on the page, from its upper left corner. */
const place = z.number().min(0).max(1);
export const pointerSchema = z.strictObject({ x: place, y: place }).nullable();
export type Pointer = z.infer<typeof pointerSchema>;

/** SH7: what is known of a still of a shared screen. Its number grows; the bytes are fetched by their hash. */
export const stillSchema = z.object({
  briefing: uuidSchema,
  /** Whose screen it is. */
  identity: z.string(),
  nr: z.number().int(),
  sha256: sha256Schema,
  width: side,
  height: side,
  /** When it came in. */
  at: z.iso.datetime(),
});
export type Still = z.infer<typeof stillSchema>;

const done = z.object({});

/** SL: slides on the order channel. */
export const slidesActSchemas = {
  'slides.show': { ask: z.strictObject({ deck: uuidSchema, page: pageNumber.default(1) }), answer: done },
  /** The deck is named, so that a press that comes late turns no page of the next one. */
  'slides.turn': { ask: z.strictObject({ deck: uuidSchema, page: pageNumber }), answer: done },
  'slides.end': { ask: z.strictObject({}), answer: done },
  /** Kept nowhere. null: the pointer is gone. */
  'slides.point': { ask: z.strictObject({ deck: uuidSchema, page: pageNumber, at: pointerSchema }), answer: done },
  /** SH7: whether this device wants to be told of stills; the answer has the one that is there. */
  'still.follow': {
    ask: z.strictObject({ on: z.boolean() }),
    answer: z.object({ still: stillSchema.nullable() }),
  },
} as const;

export const slidesNotices = {
  /** First after each connection while a deck is shown, and at each change. */
  slides: slidesSchema,
  'slides.pointer': z.object({ briefing: uuidSchema, deck: uuidSchema, page: pageNumber, at: pointerSchema }),
  /** To those who follow. */
  still: stillSchema,
} as const;
