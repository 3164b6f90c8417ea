import { z } from 'zod';
import { listedIndicatorsSchema } from './figure.ts';
import { LONGEST_LIST_NAME, LONGEST_LOGIN, LONGEST_NAME, LONGEST_PASSWORD } from './limits.ts';
import { name } from './name.ts';
import { roleSchema, unitCodeSchema } from './organisation.ts';
import { linkSecretSchema, sessionIdSchema } from './session.ts';
import { uuidSchema } from './uuid.ts';

/** PE1: what may be done to units, people and their links, each with what a reader of the history is told. */
const person = { name: z.string(), role: roleSchema, indicators: z.array(z.string()).optional() };
export const peopleActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('account.made'), ...person }),
  z.object({
    act: z.literal('account.changed'),
    ...{ from: z.object({ ...person, unit: unitCodeSchema }), to: z.object({ ...person, unit: unitCodeSchema }) },
  }),
  z.object({ act: z.literal('account.disabled'), ...person }),
  z.object({ act: z.literal('account.enabled'), ...person }),
  z.object({ act: z.literal('link.issued'), ...person }),
  z.object({ act: z.literal('link.withdrawn'), ...person }),
  z.object({ act: z.literal('password.offered'), ...person, login: z.string() }),
  z.object({ act: z.literal('password.set'), ...person, login: z.string() }),
  z.object({ act: z.literal('session.ended'), ...person }),
  /** LK7: codes on slips for a briefing. */
  z.object({ act: z.literal('codes.issued'), briefing: uuidSchema, title: z.string(), codes: z.int() }),
  /** LK8: a new device is in by the code of a slip; it is told to the account, and to whoever printed the slip. */
  z.object({ act: z.literal('code.used'), ...person, account: uuidSchema, session: sessionIdSchema }),
  z.object({ act: z.literal('seats.made'), accounts: z.int(), links: z.int() }),
  z.object({ act: z.literal('contacts.changed'), people: z.int() }),
  z.object({ act: z.literal('list.saved'), name: z.string(), units: z.int() }),
  z.object({ act: z.literal('list.renamed'), name: z.string(), before: z.string() }),
  z.object({ act: z.literal('list.deleted'), name: z.string() }),
  z.object({
    act: z.literal('roster.imported'),
    file: z.string(),
    /** SHA-256 of what was shown before it was done (IM3). */
    plan: z.string(),
    ...{ opened: z.int(), changed: z.int(), moved: z.int(), closed: z.int(), contacts: z.int(), tiers: z.int() },
  }),
  /** FG61: who took the place of closed units; plan: SHA-256 of all of them. */
  z.object({ act: z.literal('units.succeeded'), file: z.string(), plan: z.string(), units: z.int() }),
  /** FG61: of these nobody took the place after all; plan: SHA-256 of what was on record of them. */
  z.object({ act: z.literal('units.successors-withdrawn'), file: z.string(), plan: z.string(), units: z.int() }),
]);
export type PeopleAct = z.infer<typeof peopleActSchema>;

export const doneActSchema = z.object({
  id: uuidSchema,
  at: z.iso.datetime(),
  /** null: by the command line. */
  by: z.object({ id: uuidSchema, name: z.string() }).nullable(),
  unit: unitCodeSchema.nullable(),
  what: peopleActSchema,
});
export type DoneAct = z.infer<typeof doneActSchema>;

/** `GET /api/people-acts?unit=&before=`: the newest of one unit first; `before` is the `at` of the last that was read. */
export const doneActsQuerySchema = z.object({ unit: unitCodeSchema, before: z.iso.datetime().optional() });
export const doneActsSchema = z.object({ acts: z.array(doneActSchema) });

/** AC4: `GET /api/session/news`: what others did to the caller's account, unseen, the oldest first. */
export const accountNewsSchema = z.object({ acts: z.array(doneActSchema) });
/** `POST /api/session/news/seen`: this one was seen, with all before it, on whatever device. */
export const newsSeenSchema = z.strictObject({ act: uuidSchema });
/** AC4: the same at once, on each device that has the order channel; before a farewell that it brings. */
export const accountNotices = { 'account.news': z.object({ act: doneActSchema }) } as const;

/** `PUT /api/accounts/{id}`: another name, another role, another unit. */
export const changeAccountSchema = z.strictObject({
  ...{ name: name(LONGEST_NAME), role: roleSchema, unit: unitCodeSchema, indicators: listedIndicatorsSchema },
});

/** What a password is asked with; letters small, so that nobody tries both. */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]*$/)
  .min(3)
  .max(LONGEST_LOGIN);
/** `POST /api/accounts/{id}/password-links` */
export const offerPasswordSchema = z.strictObject({ login: loginSchema });
/** A link to set a password by is `PUBLIC_URL/#p=<secret>`. */
export const passwordFragment = 'p';
/** `POST /api/password-link`: whose it is; it is not used up by that. */
export const passwordLinkSchema = z.strictObject({ secret: linkSecretSchema });
export const passwordOfferSchema = z.object({
  name: z.string(),
  unit: z.string(),
  login: z.string(),
  /** A password has so many characters at least. */
  shortest: z.int(),
});
export type PasswordOffer = z.infer<typeof passwordOfferSchema>;
/** `POST /api/password-link/use`: the password stands from now on, and the link is over. */
export const usePasswordLinkSchema = z.strictObject({
  secret: linkSecretSchema,
  password: z.string().min(1).max(LONGEST_PASSWORD),
});

/** `POST /api/units/{code}/seats`: a seat for each unit below that has none, and a link for each that has none, told this once. */
export const madeSeatsSchema = z.object({
  /** How many seats were made. */
  made: z.int(),
  links: z.array(z.object({ unit: unitCodeSchema, name: z.string(), within: z.string(), url: z.string() })),
});
export type MadeSeats = z.infer<typeof madeSeatsSchema>;

/** `POST /api/lists/{name}/rename` */
export const renameListSchema = z.strictObject({ name: name(LONGEST_LIST_NAME) });
