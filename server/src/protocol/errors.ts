import { z } from 'zod';

/**
 * Why something was refused. The strings are part of the outside contract: they never change meaning, and a removed
 * reason is never used again. One exhaustive record maps each to an HTTP status (`edge/http`), one to a LiveKit
 * disconnect reason (`edge/livekit`), one to a sentence in each language (`web/src/session/words`).
 */
export const reasons = [
  'bad-request', // the message does not fit its schema
  'unauthenticated', // no session, or one that ended
  'link-unknown', // no such personal link
  'link-used', // the link is bound to another device
  'link-revoked', // the link was withdrawn or replaced
  'link-over', // the link was for one use within some time, and that is past
  'code-unknown', // unit and code of a slip do not fit
  'code-used', // the code of a slip belongs to another device
  'code-early', // the code works from a day before its briefing
  'code-over', // the briefing of the code is over, or the code was withdrawn
  'unit-ended', // the unit of this account is not in the tree of today
  'wrong-credentials', // login and password do not fit
  'weak-password', // others would guess it first
  'name-reserved', // a title of a tier above
  'forbidden', // the role may not do this
  'outside-territory', // the role may, but not here
  'foreign-origin', // the request came from another site's page
  'not-found',
  'conflict', // somebody else was quicker; read again and repeat if still wanted
  'not-live', // the act needs a live briefing
  'briefing-closed',
  'rehearsal', // what would bind somebody is not done in a rehearsal
  'does-not-fit', // more are expected than the nodes carry, and no reason was given
  'not-connected', // the unit has no device in the briefing
  'hand-away', // the device of a raised hand is not connected; its hand keeps its place, invite it when it is back
  'busy', // the unit is being called, or speaks already; or more acts wait than are taken: repeat later
  'too-late', // the round takes no answers any more
  'wrong-proof', // the digits are not those on the stage
  'too-many-tries', // the unit has sent wrong digits too often: an official notes its answer
  'rate-limited',
  'too-large',
  'too-slow', // the body did not come within its time, or not at its pace: repeat when the line is better
  'unsupported', // the body is packed, or written in a charset, that this address does not take
  'node-full', // ask again for another node
  'draining',
  'node-cut-off', // another node lives and cannot be asked now (CL67); nothing was recorded, repeat later
  'store-unavailable', // PostgreSQL or Redis is away; nothing was recorded, repeat later
  'record-unwritable', // the disk of the record is full; nothing was recorded, repeat later
  'internal',
] as const;

export const reasonSchema = z.enum(reasons);
export type Reason = z.infer<typeof reasonSchema>;

/** PL16: when a device goes in that came with more than can be let in at once. */
export const joinTurnSchema = z.object({
  /** To be sent along when it asks again (`placeHeader`). */
  kept: z.string(),
  at: z.iso.datetime(),
  /** Name of the part of the country whose turn it is then. */
  of: z.string().nullable(),
  /** PL18: of this device, which has the order channel while it waits; a node of the version before does not say it. */
  identity: z.string().optional(),
});
export type JoinTurn = z.infer<typeof joinTurnSchema>;

/** What may be wrong with one field of a request; outside contract as the reasons are. (FG201) */
export const fieldFaultCodes = [
  'missing',
  'unknown', // the contract has no such field
  'wrong-type',
  'wrong-form', // a text that is none of its kind: a date, a UUID, a code
  'not-one-of',
  'too-small',
  'too-large',
  'too-short',
  'too-long',
  'not-allowed', // of the right form, and yet not taken; the message says why
] as const;
export type FieldFaultCode = (typeof fieldFaultCodes)[number];

/**
 * Body of every refused request: `{error: {reason, message}}`, over HTTP and in socket acknowledgements alike. With
 * whole seconds after which trying again makes sense, where that is known.
 */
export const problemSchema = z.object({
  error: z.object({
    reason: reasonSchema,
    /** Over HTTP in the language that was asked for (FG200). */
    message: z.string(),
    /** FG200: what the message does not say in that language, in English, for whoever looks for the cause. */
    detail: z.string().optional(),
    /** FG201: the first fields that are wrong. `at` is the place in what was sent, as `rows[3].value`; empty: the whole. */
    fields: z.array(z.object({ at: z.string(), code: z.enum(fieldFaultCodes), message: z.string() })).optional(),
    retryAfterSeconds: z.int().positive().optional(),
    place: joinTurnSchema.optional(),
  }),
});
export type Problem = z.infer<typeof problemSchema>;

/** A sentence in both languages. */
export interface Said {
  readonly vi: string;
  readonly en: string;
}

/** FG201: a field of a request that is not as its contract has it, and what is expected of it. */
export interface FieldFault {
  readonly at: string;
  readonly code: FieldFaultCode;
  readonly say: Said;
}

interface Later {
  readonly retryAfterSeconds: number;
  readonly place: JoinTurn;
  readonly fields: readonly FieldFault[];
}

/** A refusal with a reason; everything that is thrown on purpose above `media/` is one of these. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly reason: Reason;
  /** Whole seconds after which trying again makes sense, where that is known. */
  readonly retryAfterSeconds: number | undefined;
  /** PL16: `node-full` for now. */
  readonly place: JoinTurn | undefined;
  /** The message in both languages; undefined: it is in English alone. (FG200) */
  readonly said: Said | undefined;
  readonly fields: readonly FieldFault[] | undefined;
  constructor(reason: Reason, message: string | Said, options?: ErrorOptions & Partial<Later>) {
    super(typeof message === 'string' ? message : message.en, options);
    this.reason = reason;
    this.said = typeof message === 'string' ? undefined : message;
    this.fields = options?.fields;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.place = options?.place;
  }
  toProblem(): Problem {
    const { reason, message, retryAfterSeconds, place } = this;
    return {
      error: {
        reason,
        message,
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
        ...(place && { place }),
      },
    };
  }
}

/** `rate-limited`, and when to come back. @param ms until it would be taken */
export const tooOften = (message: string | Said, ms: number): DomainError =>
  new DomainError('rate-limited', message, { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) });

/** Whether nothing could be recorded at this moment: a store or a node cannot be asked, or the disk is full. */
export const isAway = (error: unknown): boolean =>
  error instanceof DomainError && (AWAY.includes(error.reason) || isUnwritable(error));

const AWAY: readonly Reason[] = ['store-unavailable', 'node-cut-off'];

/** SV16: whether it could not be recorded since the disk is full; what is read is read all the same. */
export const isUnwritable = (error: unknown): boolean =>
  error instanceof DomainError && error.reason === 'record-unwritable';

/** `throw refuse('not-found', 'no briefing 12')`: reads as what it does. */
export const refuse = (reason: Reason, message: string | Said, cause?: unknown): DomainError =>
  new DomainError(reason, message, cause === undefined ? undefined : { cause });
