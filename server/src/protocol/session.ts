import { z } from 'zod';
import { listedIndicatorsSchema } from './figure.ts';
import { LONGEST_NAME } from './limits.ts';
import { isLabel, name } from './name.ts';
import { accountSchema, roleSchema, unitCodeSchema } from './organisation.ts';
import { personSchema } from './person.ts';
import { restoreSchema } from './resubmission.ts';
import { uuidSchema } from './uuid.ts';

/**
 * Sessions. `POST /api/session/link` and `/password` set two HttpOnly, SameSite=Strict cookies: `dh.device`
 * (long-lived, what a link is bound to) and `dh.s.<session>` (the session's secret), and answer with the session's
 * public id. Under TLS both names have the prefix `__Host-`, so no neighbour under the same domain can set them. The
 * page keeps that id per tab and sends it as header `X-DH-Session` (in the socket's `auth.session`): so one browser may
 * hold several people, and a foreign page can use none. Programs without cookies ask for `transport: 'bearer'` and send
 * the token they get as `Authorization: Bearer`.
 *
 * A browser without the device cookie gets one with its first sign-in. Tabs that sign in at the same moment would each
 * get another and only the last one would be kept, so a page signs in while it holds a lock (`navigator.locks`, name
 * `dh.sign-in`).
 */
export const sessionHeader = 'x-dh-session';
export const deviceCookie = 'dh.device';
export const sessionCookie = (session: string): string => `dh.s.${session}`;

/** UTF-16 units of a unit's code, or a code, with blanks and dashes. */
const LONGEST_TYPED = 64;

/** A personal link is `PUBLIC_URL/#l=<secret>`: the secret stands in the fragment, which no server and no log sees. */
export const linkFragment = 'l';
export const linkSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{32,64}$/);

/**
 * A slip's QR code is `PUBLIC_URL/#c=<unit>.<code>`: it fills in what is typed at the door otherwise, and spends nothing by
 * itself. (LK7)
 */
export const codeFragment = 'c';

const transportSchema = z.enum(['cookie', 'bearer']).default('cookie');
export const linkSignInSchema = z.strictObject({
  secret: linkSecretSchema,
  transport: transportSchema,
  device: z.string().max(64).refine(isLabel).optional(),
});
/** `POST /api/session/code`: unit and code as they stand on a slip, as people type them. */
export const codeSignInSchema = z.strictObject({
  unit: z.string().trim().min(1).max(LONGEST_TYPED),
  code: z.string().trim().min(1).max(LONGEST_TYPED),
  transport: transportSchema,
  device: z.string().max(64).refine(isLabel).optional(),
});
export const passwordSignInSchema = z.strictObject({
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  transport: transportSchema,
});

export const sessionIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,32}$/);
export const sessionSchema = z.object({
  session: sessionIdSchema,
  account: accountSchema,
  /** Only with `transport: 'bearer'`. */
  token: z.string().optional(),
  /** PS3: who said last that they sit at this device. */
  person: personSchema.nullable(),
  /** What the caller may do at all; the page shows no button for the rest. Each act is still decided by the domain. */
  acts: z.array(z.string()),
  /** RS1: a backup was put back; receipts of later than its moment are to be sent again. */
  restored: restoreSchema.optional(),
});
export type Session = z.infer<typeof sessionSchema>;

/**
 * `GET /api/session/kept`, by the cookies alone: whom the root address lets in in this browser (LK6). A session is then
 * used as any other, with its id in the header.
 */
export const keptSessionsSchema = z.object({
  sessions: z.array(z.object({ session: sessionIdSchema, name: z.string(), unit: z.string() })),
  /** Whether the browser holds a session of somebody who is let in by no address. */
  others: z.boolean(),
});
export type KeptSessions = z.infer<typeof keptSessionsSchema>;

/**
 * `DELETE /api/session`. A browser keeps answers that are not sent yet, and drafts, also of others: so a page that asks
 * for `nothing` has asked the person first.
 */
export const signOutQuerySchema = z.object({ kept: z.enum(['everything', 'nothing']).default('everything') });

/**
 * `POST /api/accounts/:id/links` (a moderator for seats of their territory): withdraws the old ones, answers the new
 * one, once.
 */
export const issuedLinkSchema = z.object({ linkId: uuidSchema, url: z.string() });
export type IssuedLink = z.infer<typeof issuedLinkSchema>;

/** `GET /api/accounts?unit=`: accounts of the unit itself, for whoever may act there. */
export const accountListSchema = z.object({
  accounts: z.array(
    accountSchema.extend({
      /** Nobody signs in as it until it is enabled again. */
      disabled: z.boolean(),
      /** By which a password is asked; null: it has none. */
      login: z.string().nullable(),
      links: z.array(
        z.object({
          id: uuidSchema,
          bound: z.boolean(),
          /** It sets a password, and opens no session. */
          password: z.boolean(),
          issuedAt: z.iso.datetime(),
          lastUsedAt: z.iso.datetime().nullable(),
          /** null: it stays until it is withdrawn. */
          expiresAt: z.iso.datetime().nullable(),
        }),
      ),
      /** Devices that are signed in, the newest first. */
      sessions: z.array(
        z.object({
          id: sessionIdSchema,
          since: z.iso.datetime(),
          until: z.iso.datetime(),
          byLink: z.boolean(),
          byCode: z.boolean(),
        }),
      ),
    }),
  ),
});
export const createAccountSchema = z.strictObject({
  name: name(LONGEST_NAME),
  // A screen is paired.
  role: roleSchema.exclude(['screen']),
  unit: unitCodeSchema,
  indicators: listedIndicatorsSchema,
  /** The same key twice makes one account. */
  key: uuidSchema.optional(),
});

/** `GET /api/installation`, for every page, signed in or not. */
export const installationSchema = z.object({
  /** A demo says so. */
  demo: z.boolean(),
  /** Whom people ring when a page does not help any more, as it is to be read. */
  supportTelephone: z.string().nullable(),
});
export type Installation = z.infer<typeof installationSchema>;
