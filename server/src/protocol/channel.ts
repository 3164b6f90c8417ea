import { z } from 'zod';
import { briefingSchema } from './briefing.ts';
import { directiveSchema, directiveTickSchema, followSchema, reminderSchema } from './directive.ts';
import { problemSchema } from './errors.ts';
import { callSchema, floorSchema } from './floor.ts';
import { unitCodeSchema } from './organisation.ts';
import { presencePageSchema, presenceQuerySchema, presenceTickSchema } from './presence.ts';
import {
  answerSchema,
  enteredSchema,
  enterSchema,
  entryPageSchema,
  entryQuerySchema,
  entrySchema,
  openRoundSchema,
  roundSchema,
  roundsSchema,
  roundTickSchema,
  wallQuerySchema,
  wallSchema,
} from './rollcall.ts';
import { sessionIdSchema } from './session.ts';
import { text } from './text.ts';

/**
 * The order channel: socket.io, WebSocket only, path `/socket.io`. Both directions are checked by these schemas.
 * Rights are decided anew at each connection and at each act.
 */
export const channelAuthSchema = z.object({
  /** Public id of the session (its cookie carries the secret); programs send `token` instead. */
  session: sessionIdSchema.optional(),
  token: z.string().max(200).optional(),
  briefing: z.uuid(),
  /** LiveKit identity of this device, as `join` answered it. */
  identity: z.string().max(200),
});
export type ChannelAuth = z.infer<typeof channelAuthSchema>;

const briefing = z.uuid();
const identity = z.string().max(200);
const round = z.uuid();
/** CH11: come back at a random moment within this time. */
const withinMs = z.number().int().min(1).max(600_000);
const done = z.object({});

/** What a client may ask: request and answer. The acknowledgement is `{ok: answer}` or `{error: {reason, message}}`. */
export const acts = {
  /** The principal's device goes on stage and the briefing becomes live (once live: just on stage). */
  'stage.goLive': { ask: z.strictObject({}), answer: done },
  /** He leaves the stage; the briefing stays live and shows the holding card. */
  'stage.leave': { ask: z.strictObject({}), answer: done },
  'hand.raise': { ask: z.strictObject({}), answer: done },
  'hand.lower': { ask: z.strictObject({ identity: identity.optional() }), answer: done },
  /** Rings on every device of the unit. */
  'call.start': {
    ask: z.strictObject({ unit: unitCodeSchema, seconds: z.number().int().min(5).max(120).default(30) }),
    answer: callSchema,
  },
  'call.cancel': { ask: z.strictObject({ call: z.uuid() }), answer: callSchema },
  'call.accept': { ask: z.strictObject({ call: z.uuid() }), answer: callSchema },
  'call.refuse': {
    ask: z.strictObject({ call: z.uuid(), why: text(300) }),
    answer: callSchema,
  },
  /** Releases a called seat: off stage, may publish no more. Also the called seat itself. */
  'call.end': { ask: z.strictObject({ call: z.uuid() }), answer: callSchema },
  /** From the queue (or any device of the territory) to the green room; on to the stage; and back to the audience. */
  'green.admit': { ask: z.strictObject({ identity }), answer: done },
  'green.checked': { ask: z.strictObject({ identity, checked: z.boolean() }), answer: done },
  'stage.promote': { ask: z.strictObject({ identity }), answer: done },
  'stage.demote': {
    ask: z.strictObject({ identity, to: z.enum(['green', 'audience']).default('audience') }),
    answer: done,
  },
  'seat.mute': { ask: z.strictObject({ identity, muted: z.boolean() }), answer: done },
  /** Out of the briefing; the link of the seat stays valid, but this device is refused until the briefing ends. */
  'seat.remove': { ask: z.strictObject({ identity, why: z.string().trim().max(300).optional() }), answer: done },
  'presence.list': { ask: presenceQuerySchema, answer: presencePageSchema },
  'round.open': { ask: openRoundSchema, answer: roundSchema },
  /** A later deadline; late answers are taken as much longer. */
  'round.extend': { ask: z.strictObject({ round, seconds: z.number().int().min(5).max(86_400) }), answer: roundSchema },
  'round.close': { ask: z.strictObject({ round }), answer: roundSchema },
  /** Asks again in a new round: everybody, or those that did not answer. */
  'round.reopen': {
    ask: z.strictObject({
      key: z.uuid(),
      round,
      whom: z.enum(['all', 'missing']).default('missing'),
      seconds: z.number().int().min(5).max(86_400),
    }),
    answer: roundSchema,
  },
  'round.answer': { ask: answerSchema, answer: enteredSchema },
  'round.enter': { ask: enterSchema, answer: enteredSchema },
  'round.entries': { ask: entryQuerySchema, answer: entryPageSchema },
  'round.wall': { ask: wallQuerySchema, answer: wallSchema },
  /** Everything anew, for a client that doubts what it has. */
  sync: { ask: z.strictObject({}), answer: z.object({ briefing: briefingSchema, floor: floorSchema }) },
} as const;
export type ActName = keyof typeof acts;
export type ActAsk<N extends ActName> = z.input<(typeof acts)[N]['ask']>;
export type ActParsed<N extends ActName> = z.output<(typeof acts)[N]['ask']>;
export type ActAnswer<N extends ActName> = z.output<(typeof acts)[N]['answer']>;

/** What the server tells. Every one says all that a page needs; none asks the page to fetch. */
export const notices = {
  /** First after each connection, and at each change of the briefing's state. */
  briefing: briefingSchema,
  /** First after each connection, and at each change that this device may see. */
  floor: floorSchema,
  /** Only on the devices of the called unit. `floor.calls` says the same; this one starts the bell. */
  'call.ring': callSchema,
  /** To the same devices when the bell stops (answered elsewhere, too), and to officials of the territory when the call has ended. */
  'call.over': callSchema,
  presence: presenceTickSchema,
  rounds: roundsSchema,
  /** The prompt, and each change of a round; `again` when those that have not answered are asked once more. */
  round: z.object({ round: roundSchema, again: z.boolean() }),
  /** An entry of the device's own unit changed, whoever did it. */
  'round.entry': entrySchema,
  'round.tick': roundTickSchema,
  /** A directive for the unit: new, recalled or superseded. */
  directive: directiveSchema,
  /** Where the unit stands with a directive, when another device or the issuer's answer changed it. */
  'directive.follow': followSchema,
  /** To officials: how far a directive has come in their territory, also when it was issued, ended, or its deadline passed. At most 4 a second. */
  'directive.tick': directiveTickSchema,
  /** The deadline comes near, or is here, and the unit has not reported that it is done. */
  'directive.reminder': reminderSchema,
  /** This device was removed, or its session ended; the socket closes after it. */
  farewell: z.object({
    reason: z.enum(['removed', 'session-ended', 'briefing-closed', 'replaced', 'draining']),
    message: z.string(),
    /** When the node drains. */
    withinMs: withinMs.optional(),
  }),
  /** CH11: for when this device loses the node without a farewell; the last one counts, and only for this connection. */
  comeback: z.object({ withinMs }),
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
