import { z } from 'zod';
import { LONGEST_NAME, LONGEST_TELEPHONE, MOST_PEOPLE, MOST_ROWS } from './limits.ts';
import { name } from './name.ts';
import { unitCodeSchema } from './organisation.ts';
import { text } from './text.ts';

/** CT3: as people write it (`024 3804 5566`, `+84 (0)236-3822`), with three digits at least; an extension after `#`. */
export const telephoneSchema = text(LONGEST_TELEPHONE)
  .regex(/^\+?[\d ().#-]+$/, 'a telephone number has digits, spaces and + ( ) . - # only')
  .refine((number) => number.replaceAll(/\D/g, '').length >= 3, 'a telephone number has three digits at least');

/** Somebody of a unit who can be rung. */
export const contactSchema = z.strictObject({
  name: name(LONGEST_NAME),
  title: name(LONGEST_NAME).nullable(),
  telephone: telephoneSchema.nullable(),
  /** Stands in when the leader is away. */
  deputy: z.boolean(),
});
export type Contact = z.infer<typeof contactSchema>;

/** CT1: the office's telephone, and people in the order in which they are rung. */
export const contactsSchema = z.strictObject({
  telephone: telephoneSchema.nullable(),
  people: z.array(contactSchema).max(MOST_PEOPLE),
});
export type Contacts = z.infer<typeof contactsSchema>;

/** `GET /api/units/{code}/contacts`. */
export const unitContactsSchema = contactsSchema.extend({
  unit: unitCodeSchema,
  /** 0: never written. */
  version: z.int().nonnegative(),
  changedAt: z.iso.datetime().nullable(),
});
export type UnitContacts = z.infer<typeof unitContactsSchema>;

/** `PUT /api/units/{code}/contacts`; `version` is that of what was on the screen (CT4). */
export const changeContactsSchema = contactsSchema.extend({ version: z.int().nonnegative() });

/** `GET /api/contacts?units=001,002`: of many units at once; those of which nothing is known are left out. */
export const contactsQuerySchema = z.object({
  units: z
    .string()
    .max(20_000)
    .transform((codes) => codes.split(','))
    .pipe(z.array(unitCodeSchema).min(1).max(MOST_ROWS)),
});
export const contactListSchema = z.object({ contacts: z.array(unitContactsSchema) });
