import { z } from 'zod';
import { LONGEST_PAIRED_HOURS, LONGEST_SCREEN_NAME } from './limits.ts';
import { name } from './name.ts';
import { sessionSchema } from './session.ts';
import { uuidSchema } from './uuid.ts';

/** What the browser of a screen keeps: its id and its secret. */
export const screenCookie = 'dh.screen';
/** Digits alone: no keyboard for Vietnamese makes something else of them. */
export const screenCodeSchema = z
  .string()
  .transform((typed) => typed.replace(/[\s.-]/g, ''))
  .pipe(z.string().regex(/^\d{8}$/));

/** FG76: how a wall of figures (`/wall`) puts map, stage, numbers and cards side by side. */
export const wallLayoutSchema = z.enum(['columns', 'map', 'stage', 'figures']);
export type WallLayout = z.infer<typeof wallLayoutSchema>;

/** `POST /api/screens/here`, asked again and again by a screen that shows nothing. */
export const screenHereSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting'), code: z.string(), until: z.iso.datetime() }),
  z.object({ state: z.literal('paired'), session: sessionSchema, layout: wallLayoutSchema }),
]);
export type ScreenHere = z.infer<typeof screenHereSchema>;

/** `POST /api/screens`: by an official, who reads the code on the screen and says what it is called. */
export const pairScreenSchema = z.strictObject({
  code: screenCodeSchema,
  name: name(LONGEST_SCREEN_NAME),
  hours: z.number().int().min(1).max(LONGEST_PAIRED_HOURS).default(LONGEST_PAIRED_HOURS),
  layout: wallLayoutSchema.default('columns'),
});
export type PairScreen = z.infer<typeof pairScreenSchema>;

export const screenSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  /** Who paired it. */
  by: z.string(),
  pairedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  /** It is connected to a briefing now. */
  here: z.boolean(),
  layout: wallLayoutSchema,
});

/** `PUT /api/screens/{id}/layout` */
export const changeScreenSchema = z.strictObject({ layout: wallLayoutSchema });
export type Screen = z.infer<typeof screenSchema>;
export const screenListSchema = z.object({ screens: z.array(screenSchema) });
