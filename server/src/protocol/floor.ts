import { z } from 'zod';
import { briefingSchema } from './briefing.ts';
import { BACK_SECONDS, RING_SECONDS, SPEECH_MINUTES } from './callTimes.ts';
import { equipmentSchema } from './equipment.ts';
import { LONGEST_IDENTITY, LONGEST_REMARK } from './limits.ts';
import { roleSchema, unitCodeSchema, unitPathSchema } from './organisation.ts';
import { personSchema } from './person.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

const speechMinutes = z.number().int().min(SPEECH_MINUTES.least).max(SPEECH_MINUTES.most);

/** A device on or near the stage. `identity` is its LiveKit identity. */
export const seatSchema = z.object({
  identity: z.string(),
  account: uuidSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  role: roleSchema,
  /** Camera and microphone as the device last told of them; absent: it did not. */
  equipment: equipmentSchema.optional(),
  /** PS1; null: nobody said. */
  person: personSchema.nullable(),
});
export type Seat = z.infer<typeof seatSchema>;

/**
 * green: prepared, may publish, seen by moderators alone, subscribed paused (a warm seat) by everyone else.
 * stage: on air. holding: on stage, but the line dropped; viewers see the holding card and keep their connections.
 */
export const placeSchema = z.enum(['green', 'stage', 'holding']);
export type Place = z.infer<typeof placeSchema>;

export const speakerSchema = z.object({
  seat: seatSchema,
  place: placeSchema,
  since: z.iso.datetime(),
  /** Hard mute by a moderator: applied at the SFU, again at each reconnect; only a moderator lifts it. */
  muted: z.boolean(),
  /** FL36: muted with all others on their stage; their own press lifts it, and nobody else. */
  silenced: z.literal(true).optional(),
  /** Ready check in the green room: a moderator has seen and heard them. */
  checked: z.boolean(),
  /** The spot call that brought them here. */
  call: uuidSchema.nullable(),
  /** TR4: path of the unit on whose stage, or in whose green room, they are; absent: the briefing's own. */
  stage: unitPathSchema.optional(),
  /** TR14: they visit this stage, and stood on this one before, where they are back afterwards; null: on none. */
  home: unitPathSchema.nullable().optional(),
  /**
   * TR21: they look at another stage, from where they send nothing; told, not kept. `room`: of which unit it is, null: the
   * briefing's own; absent: not for whoever reads this.
   */
  away: z.object({ room: z.string().nullable().optional() }).readonly().optional(),
  /** FL21: they were asked to come on stage, and have not said yes; only in the green room. */
  invited: z.object({ by: z.string(), at: z.iso.datetime(), declined: z.boolean() }).optional(),
  /** FL38: the minutes that they were given to speak, and when, by PostgreSQL's clock; only on stage. */
  timer: z.object({ minutes: speechMinutes, since: z.iso.datetime() }).optional(),
  /** PN10: names of the units above theirs, the nearest first, without the root; told, not kept. */
  above: z.array(z.string()).readonly().optional(),
});
export type Speaker = z.infer<typeof speakerSchema>;
export type SpeechTimer = NonNullable<Speaker['timer']>;

export const handSchema = z.object({
  seat: seatSchema,
  raisedAt: z.iso.datetime(),
  /** TR4: on which stage they ask to speak; absent: on the briefing's own. */
  stage: unitPathSchema.optional(),
  /** FN8: of the own unit of whoever reads, while it is one of the first `PLACES_TOLD`: how many hands are up before, and one. */
  place: z.number().int().optional(),
});
export type Hand = z.infer<typeof handSchema>;

/** How a spot call stands; all but ringing and accepted are final. Seconds to answer = answeredAt - ringingAt. */
export const callStateSchema = z.enum([
  'ringing',
  'accepted',
  'refused',
  'timed-out',
  'not-connected',
  'cancelled',
  'ended',
]);
export const callSchema = z.object({
  id: uuidSchema,
  briefing: uuidSchema,
  unit: unitCodeSchema,
  unitName: z.string(),
  path: unitPathSchema,
  state: callStateSchema,
  caller: z.object({ account: uuidSchema, name: z.string(), role: roleSchema }),
  ringingAt: z.iso.datetime(),
  /** The ring ends here, by PostgreSQL's clock. */
  deadline: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Why the unit refused, in its own words or one of `callRefusals`. */
  why: z.string().nullable(),
  /** The device that accepted. */
  identity: z.string().nullable(),
  /** TR4: to which stage they are called; absent: to the briefing's own. */
  stage: unitPathSchema.optional(),
  /** SC16: which device of the unit has shown that it was missed, and whose account that is; absent: none yet. */
  seen: z.object({ at: z.iso.datetime(), identity: z.string(), name: z.string() }).optional(),
  /** FG58: the selection that it came from; absent: none. */
  selection: uuidSchema.optional(),
});
export type Call = z.infer<typeof callSchema>;
export type CallState = z.infer<typeof callStateSchema>;
/** Reasons offered to a called chair; free text is allowed too. */
export const callRefusals = ['chair-absent', 'no-picture-or-sound', 'emergency-at-hand', 'needs-a-minute'] as const;

/** TR1: the stage of a unit below the briefing's own, while its session is held. */
export const openStageSchema = z.object({
  unit: unitCodeSchema,
  path: unitPathSchema,
  name: z.string(),
  since: z.iso.datetime(),
  /** Name of whoever opened it; absent: by a version that did not say it. */
  by: z.string().optional(),
});
export type OpenStage = z.infer<typeof openStageSchema>;

/** TR11, TR12: everybody below is shown what the unit is shown; all stages below end then (null: they go on). */
export const gatherSchema = z.object({
  path: unitPathSchema,
  eyes: z.boolean(),
  backAt: z.iso.datetime().nullable(),
});

/** TR16: who is seen on the stage that would be shown without this one; `name` null: on the briefing's own. */
export const stageAboveSchema = z.object({
  name: z.string().nullable(),
  identity: z.string(),
  speaker: z.string(),
});
export type StageAbove = z.infer<typeof stageAboveSchema>;
/** TR7: one of the stages of a territory, for its officials. */
export const stageOverviewSchema = openStageSchema.extend({
  /** Names of those who are on its stage. */
  people: z.array(z.string()),
  /** Whether its own subtree is shown it: nobody is, while nobody stands there. */
  shown: z.boolean(),
});
export type StageOverview = z.infer<typeof stageOverviewSchema>;

/**
 * The whole floor of a briefing as its receiver may see it, small by nature (who is on stage, not who watches). `seq`
 * grows with each change; a receiver does not see each of them (what is not theirs to see changes nothing for them), so
 * a gap is no loss.
 */
export const floorSchema = z.object({
  briefing: uuidSchema,
  seq: z.number().int(),
  speakers: z.array(speakerSchema),
  /** Seats see only hands of their own unit; principals and moderators see those of their territory, in order. */
  hands: z.array(handSchema),
  /** Calls ringing now or accepted and not ended; seats see only their own unit's. */
  calls: z.array(callSchema),
  /** TR2, TR5: the stage on which those people are, and which this device is shown; absent: the briefing's own. */
  stage: openStageSchema.optional(),
  /** TR16: absent: nobody stands there, or this is the briefing's own. */
  above: stageAboveSchema.optional(),
  /** TR7: to officials, all that are open in their territory and above it; absent: none. */
  stages: z.array(stageOverviewSchema).optional(),
  /** TR12: when the stage that this device is shown ends, by PostgreSQL's clock; absent: it goes on. */
  backAt: z.iso.datetime().optional(),
  /** TR11, TR12: to officials, what units of their territory and above have said to all stages below them. */
  gathers: z.array(gatherSchema).optional(),
});
export type Floor = z.infer<typeof floorSchema>;

/** FL20: how long a briefing has been on air, pauses not counted. */
export const airTimeSchema = z.object({
  briefing: uuidSchema,
  /** Since when it is again, by PostgreSQL's clock; null: it is not. */
  since: z.iso.datetime().nullable(),
  /** All that was on air before. */
  beforeMs: z.number().int(),
});
export type AirTime = z.infer<typeof airTimeSchema>;

const identity = z.string().max(LONGEST_IDENTITY);
const done = z.object({});

/** Hands, green room, stage and spot calls on the order channel. */
export const floorActSchemas = {
  /** The principal's device goes on stage and the briefing becomes live (once live: just on stage). */
  'stage.goLive': { ask: z.strictObject({}), answer: done },
  /** FL19: this device leaves the stage or the green room; the briefing stays live. */
  'stage.leave': { ask: z.strictObject({}), answer: done },
  /** What the camera and the microphone of this device can do now; told again when that changes (PR9). */
  'equipment.tell': { ask: equipmentSchema, answer: done },
  'hand.raise': { ask: z.strictObject({}), answer: done },
  'hand.lower': { ask: z.strictObject({ identity: identity.optional() }), answer: done },
  /** Rings on every device of the unit. */
  'call.start': {
    ask: z.strictObject({
      unit: unitCodeSchema,
      seconds: z.number().int().min(RING_SECONDS.least).max(RING_SECONDS.most).default(RING_SECONDS.usual),
      /** FG58: why this unit: a selection that has it. */
      selection: uuidSchema.optional(),
    }),
    answer: callSchema,
  },
  /** SC15: puts on record that they looked for a unit of which no device is here; it reads so when it signs in. */
  'call.leave': { ask: z.strictObject({ unit: unitCodeSchema }), answer: callSchema },
  'call.cancel': { ask: z.strictObject({ call: uuidSchema }), answer: callSchema },
  'call.accept': { ask: z.strictObject({ call: uuidSchema }), answer: callSchema },
  'call.refuse': {
    ask: z.strictObject({ call: uuidSchema, why: text(LONGEST_REMARK) }),
    answer: callSchema,
  },
  /** Releases a called seat: off stage, may publish no more. Also the called seat itself. */
  'call.end': { ask: z.strictObject({ call: uuidSchema }), answer: callSchema },
  /** From the queue (or any device of the territory) to the green room; on to the stage; and back to the audience. */
  'green.admit': { ask: z.strictObject({ identity }), answer: done },
  'green.checked': { ask: z.strictObject({ identity, checked: z.boolean() }), answer: done },
  /** FL8: one's own device is on stage at once; another one is invited, and comes when it takes the place. */
  'stage.promote': { ask: z.strictObject({ identity }), answer: done },
  /** FL21: this device was invited and comes on stage, or does not. */
  'stage.take': { ask: z.strictObject({}), answer: done },
  'stage.decline': { ask: z.strictObject({}), answer: done },
  'stage.demote': {
    ask: z.strictObject({ identity, to: z.enum(['green', 'audience']).default('audience') }),
    answer: done,
  },
  'seat.mute': { ask: z.strictObject({ identity, muted: z.boolean() }), answer: done },
  /** FL36: everybody else on the stage that this device is shown is muted, in one act. */
  'stage.muteAll': { ask: z.strictObject({}), answer: done },
  /** FL36: this device, which was muted with all others, is heard again. */
  'seat.unmute': { ask: z.strictObject({}), answer: done },
  /** FL38: whoever speaks has so many minutes from now on; null: as many as they need. */
  'seat.timer': { ask: z.strictObject({ identity, minutes: speechMinutes.nullable() }), answer: done },
  /** Out of the briefing; the link of the seat stays valid, but this device is refused until the briefing ends. */
  'seat.remove': {
    ask: z.strictObject({ identity, why: z.string().trim().max(LONGEST_REMARK).optional() }),
    answer: done,
  },
  /** TR1: a unit holds a session of its own; its subtree sees and hears it from the first who stands there. */
  'stage.open': { ask: z.strictObject({ unit: unitCodeSchema }), answer: done },
  /** TR3: it ends; whoever was shown it is back on what the units above show. */
  'stage.close': { ask: z.strictObject({ unit: unitCodeSchema }), answer: done },
  /** TR5: this device looks at another stage; null: again at what its unit is shown. */
  'stage.visit': { ask: z.strictObject({ unit: unitCodeSchema }), answer: done },
  'stage.enter': { ask: z.strictObject({ unit: unitCodeSchema.nullable() }), answer: done },
  /** TR10: every unit of the tier below this one gets its stage. How many are open then, and on how many nobody stands. */
  'stage.breakOut': {
    ask: z.strictObject({ unit: unitCodeSchema }),
    answer: z.object({ open: z.number().int(), empty: z.number().int() }),
  },
  /** TR11: everybody below is shown what the unit is shown; or, without eyes, what they have chosen again. */
  'stage.gather': { ask: z.strictObject({ unit: unitCodeSchema, eyes: z.boolean() }), answer: done },
  /** TR12: all stages below the unit end after so many seconds. */
  'stage.back': {
    ask: z.strictObject({
      unit: unitCodeSchema,
      seconds: z.number().int().min(0).max(BACK_SECONDS.most).default(BACK_SECONDS.usual),
    }),
    answer: done,
  },
  /** TR12: they go on after all. */
  'stage.stay': { ask: z.strictObject({ unit: unitCodeSchema }), answer: done },
  /** Everything anew, for a client that doubts what it has. */
  sync: { ask: z.strictObject({}), answer: z.object({ briefing: briefingSchema, floor: floorSchema }) },
} as const;

export const floorNotices = {
  /** First after each connection, and at each change that this device may see. */
  floor: floorSchema,
  /** FL20: after each connection, and whenever a broadcast begins or ends. */
  'floor.air': airTimeSchema,
  /** FL58: to officials after each connection and at each change: all raised hands of their territory whose device is not connected. */
  'floor.handsAway': z.object({ briefing: uuidSchema, identities: z.array(identity) }),
  /** Only on the devices of the called unit. `floor.calls` says the same; this one starts the bell. */
  'call.ring': callSchema,
  /**
   * To the same devices when the bell stops (answered elsewhere, too), and to officials of the territory when the call
   * has ended.
   */
  'call.over': callSchema,
  /** TR15: to a device on the stage of a unit: officials above want one small picture of its camera now. */
  'stage.look': z.object({ briefing: uuidSchema }),
  /**
   * To officials above the unit: a device sent more than the media server's settings allow, and was refused it or put
   * out. At most one a minute for a device and kind.
   */
  'seat.excess': z.object({
    briefing: uuidSchema,
    identity,
    unit: unitCodeSchema,
    what: z.enum(['tracks', 'layers', 'sdp', 'bitrate']),
    at: z.iso.datetime(),
  }),
} as const;
