import { z } from 'zod';
import { telephoneSchema } from './contacts.ts';
import { indicatorCodeSchema } from './figure.ts';
import { LONGEST_NAME } from './limits.ts';
import { name } from './name.ts';
import { unitCodeSchema } from './organisation.ts';

/** FG69: who answers for a figure in a unit. Nothing else of them is kept. */
export const figureContactSchema = z.strictObject({
  name: name(LONGEST_NAME),
  title: name(LONGEST_NAME).nullable(),
  telephone: telephoneSchema,
});
export type FigureContact = z.infer<typeof figureContactSchema>;

/** `GET` and `PUT /api/figures/contacts/{indicator}/{unit}`; null: nobody is named. */
export const figureContactPathSchema = z.object({ indicator: indicatorCodeSchema, unit: unitCodeSchema });
export const namedContactSchema = z.strictObject({ contact: figureContactSchema.nullable() });
