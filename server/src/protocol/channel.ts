import { z } from 'zod';
import { briefingNotices } from './briefing.ts';
import { COMEBACK_MS } from './channelLimits.ts';
import { directiveNotices } from './directive.ts';
import { equipmentSchema } from './equipment.ts';
import { problemSchema } from './errors.ts';
import { figureActSchemas, figureNotices } from './figure.ts';
import { figureContestSchemas } from './figureAct.ts';
import { figureStageActSchemas, figureStageNotices } from './figureStage.ts';
import { floorActSchemas, floorNotices } from './floor.ts';
import { LONGEST_IDENTITY } from './limits.ts';
import { accountNotices } from './people.ts';
import { presenceActSchemas, presenceNotices } from './presence.ts';
import { programmeActSchemas, programmeNotices } from './programme.ts';
import { questionActSchemas, questionNotices } from './question.ts';
import { rollcallActSchemas, rollcallNotices } from './rollcallChannel.ts';
import { sessionIdSchema } from './session.ts';
import { slidesActSchemas, slidesNotices } from './slides.ts';
import { uuidSchema } from './uuid.ts';

/**
 * The order channel: socket.io, WebSocket only, path `/socket.io`. Both directions are checked by these schemas.
 * Rights are decided anew at each connection and at each act.
 */
export const channelAuthSchema = z.object({
  /** Public id of the session (its cookie carries the secret); programs send `token` instead. */
  session: sessionIdSchema.optional(),
  token: z.string().max(200).optional(),
  briefing: uuidSchema,
  /** LiveKit identity of this device, as `join` answered it. */
  identity: z.string().max(LONGEST_IDENTITY),
  /** PR9: what is known of camera and microphone already. */
  equipment: equipmentSchema.optional(),
});
export type ChannelAuth = z.infer<typeof channelAuthSchema>;

const briefing = uuidSchema;
/** CH11: come back at a random moment within this time. */
const withinMs = z.number().int().min(1).max(COMEBACK_MS);

/** What a client may ask: request and answer. The acknowledgement is `{ok: answer}` or `{error: {reason, message}}`. */
export const acts = {
  ...figureActSchemas,
  ...figureStageActSchemas,
  ...figureContestSchemas,
  ...floorActSchemas,
  ...presenceActSchemas,
  ...programmeActSchemas,
  ...questionActSchemas,
  ...rollcallActSchemas,
  ...slidesActSchemas,
} as const;
export type ActName = keyof typeof acts;
export type ActAsk<N extends ActName> = z.input<(typeof acts)[N]['ask']>;
export type ActParsed<N extends ActName> = z.output<(typeof acts)[N]['ask']>;
export type ActAnswer<N extends ActName> = z.output<(typeof acts)[N]['answer']>;

/** What the server tells. Every one says all that a page needs; none asks the page to fetch. */
export const notices = {
  ...accountNotices,
  ...briefingNotices,
  ...figureNotices,
  ...figureStageNotices,
  ...floorNotices,
  ...presenceNotices,
  ...programmeNotices,
  ...questionNotices,
  ...rollcallNotices,
  ...directiveNotices,
  ...slidesNotices,
  /** This device was removed, or its session ended; the socket closes after it. */
  farewell: z.object({
    reason: z.enum(['removed', 'session-ended', 'briefing-closed', 'replaced', 'moved', 'draining']),
    message: z.string(),
    /** When the node drains. */
    withinMs: withinMs.optional(),
  }),
  /**
   * CH11: for when this device loses the node without a farewell; the last one counts, and only for this connection.
   */
  comeback: z.object({ withinMs }),
  /** SV16: whether anything can be recorded now; not told: it can. */
  record: z.object({ writable: z.boolean() }),
  /** The database's clock, which decides deadlines, as the server knows it: to show seconds that are true. */
  clock: z.object({ briefing, now: z.iso.datetime() }),
} as const;
export type NoticeName = keyof typeof notices;
export type Notice<N extends NoticeName> = z.output<(typeof notices)[N]>;

/** `data` of a `connect_error`; with `withinMs` when trying again may help. */
export const connectRefusalSchema = problemSchema.extend({ withinMs: withinMs.optional() });
export type ConnectRefusal = z.output<typeof connectRefusalSchema>;

export const ackSchema = <T extends z.ZodType>(answer: T) => z.union([z.object({ ok: answer }), problemSchema]);
export type Ack<N extends ActName> = { ok: ActAnswer<N> } | z.output<typeof problemSchema>;

export type ClientToServer = { [N in ActName]: (ask: ActAsk<N>, ack: (answer: Ack<N>) => void) => void };
export type ServerToClient = { [N in NoticeName]: (notice: Notice<N>) => void };
