import { z } from 'zod';
import {
  AGENDA_MINUTES,
  LONGEST_CELL,
  LONGEST_LIST_NAME,
  LONGEST_NAME,
  LONGEST_REASON,
  LONGEST_TITLE,
  MOST_AGENDA_ITEMS,
  MOST_CELLS,
  MOST_PRODUCERS,
  MOST_SILENT_NODES,
  MOST_SUBTREES,
} from './limits.ts';
import { name } from './name.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { personSchema } from './person.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** scheduled -> open (doors open, devices are checked, nobody is on air) -> live -> closed. */
export const briefingStateSchema = z.enum(['scheduled', 'open', 'live', 'closed']);
export type BriefingState = z.infer<typeof briefingStateSchema>;

/** What is on, in its order: by whom, and how many minutes are planned for it, where that is said. */
export const agendaItemSchema = z.strictObject({
  title: text(LONGEST_TITLE),
  by: name(LONGEST_NAME).optional(),
  minutes: z.number().int().min(AGENDA_MINUTES.least).max(AGENDA_MINUTES.most).optional(),
});
export type AgendaItem = z.infer<typeof agendaItemSchema>;

/** In which announcements are made, and papers printed: Vietnamese, or English. */
export const languageSchema = z.enum(['vi', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** BR9: what the door says of the last change of the schedule: another time, something else, or that it is called off. */
export const scheduleNoticeSchema = z.object({
  kind: z.enum(['moved', 'changed', 'cancelled']),
  reason: z.string(),
  at: z.iso.datetime(),
  /** The time before, when it was moved. */
  from: z.iso.datetime().nullable(),
});
export type ScheduleNotice = z.infer<typeof scheduleNoticeSchema>;

/**
 * RH1: the id of a rehearsal is a UUID of version 8, that of a briefing is one of version 4. So every row, receipt and
 * address that names it says what it is, and nothing can turn the one into the other.
 */
export const isRehearsal = (briefing: string): boolean => briefing[14] === '8';

export const briefingSchema = z.object({
  id: uuidSchema,
  title: z.string(),
  state: briefingStateSchema,
  /** The unit whose subtree sees the main stage. */
  stage: unitPathSchema,
  /** Subtrees that are expected; units outside the scope may not join. */
  scope: z.array(unitPathSchema),
  scheduledAt: z.iso.datetime(),
  openedAt: z.iso.datetime().nullable(),
  liveAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  /** Raised by PostgreSQL alone with each official change of state; a writer with an older one is refused. */
  epoch: z.number().int(),
  /** How many base units (UN6) are expected. */
  expected: z.number().int(),
  agenda: z.array(agendaItemSchema),
  /** BR8: accounts of moderators who choose what all see; a principal always may. */
  producers: z.array(uuidSchema),
  language: languageSchema,
  /** RH1: nothing in it is an official act. It is `isRehearsal(id)`. */
  rehearsal: z.boolean(),
  notice: scheduleNoticeSchema.nullable(),
});
export type Briefing = z.infer<typeof briefingSchema>;

/** `GET /api/briefings`: those that the caller may see, newest first. */
export const briefingListSchema = z.object({ briefings: z.array(briefingSchema) });

/** PL29: whether the nodes that are registered carry a briefing; `unknown`: which these are cannot be known now. */
export const briefingFitSchema = z.object({
  verdict: z.enum(['fits', 'no-spare', 'does-not-fit', 'unknown']),
  /** That are expected: one for each base unit. */
  devices: z.int().nonnegative(),
  nodes: z.int().nonnegative(),
  /** Devices that they carry, and when the one dies that carries most. */
  carries: z.int().nonnegative(),
  withoutLargest: z.int().nonnegative(),
  /** Devices without room while all nodes live. */
  missing: z.int().nonnegative(),
  /** What ends first at them, where there is too little. */
  short: z.array(z.enum(['workers', 'signalling', 'line', 'memory', 'pipePorts'])),
  /** PL30: the reason on record for holding this briefing all the same, while no more devices lack room than it was given for. */
  reason: z.string().optional(),
});
export type BriefingFit = z.infer<typeof briefingFitSchema>;

/** PL30: why a briefing is held that the nodes do not carry. */
const capacityReasonSchema = text(LONGEST_REASON).optional();

/**
 * `POST /api/briefings` (principal, or moderator for their territory). The scope is a set of subtrees, or a saved list
 * by name.
 */
export const createBriefingSchema = z.strictObject({
  title: text(LONGEST_TITLE),
  scheduledAt: z.iso.datetime(),
  stage: unitCodeSchema,
  scope: z.union([
    z.array(unitCodeSchema).min(1).max(MOST_SUBTREES),
    z.strictObject({ list: z.string().min(1).max(LONGEST_LIST_NAME) }),
  ]),
  agenda: z.array(agendaItemSchema).max(MOST_AGENDA_ITEMS).default([]),
  producers: z.array(uuidSchema).max(MOST_PRODUCERS).default([]),
  language: languageSchema.default('vi'),
  rehearsal: z.boolean().default(false),
  capacityReason: capacityReasonSchema,
});
export type CreateBriefing = z.input<typeof createBriefingSchema>;

/** `POST /api/scopes/fit`: whether the nodes carry a briefing of that scope; nothing is written. */
export const fitScopeSchema = z.strictObject({ scope: createBriefingSchema.shape.scope });

/**
 * `POST /api/scopes/check`: codes as somebody has them in a file, a cell a row; empty cells are passed over. What would
 * be a scope, and why each other row is none.
 */
export const checkScopeSchema = z.strictObject({
  cells: z.array(z.string().max(LONGEST_CELL)).min(1).max(MOST_CELLS),
});
export const scopeProblemSchema = z.enum(['unknown', 'outside', 'repeated']);
export const checkedScopeSchema = z.object({
  /** Whole subtrees where all base units of one are named; `too-many`: more are left than a scope takes. */
  scope: z.union([z.array(unitCodeSchema), z.literal('too-many')]),
  expected: z.number().int(),
  problems: z.array(
    z.object({
      /** From 1. */
      row: z.number().int(),
      text: z.string(),
      problem: scopeProblemSchema,
    }),
  ),
});
export type CheckedScope = z.infer<typeof checkedScopeSchema>;

/** `GET /api/briefings/:id/producers` */
export const producersSchema = z.object({
  producers: z.array(z.object({ id: uuidSchema, name: z.string(), unit: unitCodeSchema, unitName: z.string() })),
});
export type Producers = z.infer<typeof producersSchema>['producers'];

/** `POST /api/briefings/:id/change`: what is named becomes another, for a reason that is told at every door. */
export const changeBriefingSchema = z.strictObject({
  epoch: z.number().int(),
  reason: text(LONGEST_REASON),
  title: createBriefingSchema.shape.title.optional(),
  scheduledAt: createBriefingSchema.shape.scheduledAt.optional(),
  scope: createBriefingSchema.shape.scope.optional(),
  agenda: createBriefingSchema.shape.agenda.removeDefault().optional(),
  producers: createBriefingSchema.shape.producers.removeDefault().optional(),
  language: languageSchema.optional(),
  capacityReason: capacityReasonSchema,
});
export type ChangeBriefing = z.infer<typeof changeBriefingSchema>;

/** `POST /api/briefings/:id/cancel`: it will not be held. */
export const cancelBriefingSchema = z.strictObject({ epoch: z.number().int(), reason: text(LONGEST_REASON) });

/** `POST /api/briefings/:id/open|live|close`, with the epoch that the caller saw. */
export const briefingActSchema = z.strictObject({
  epoch: z.number().int().optional(),
  /** Of doors that are opened. */
  capacityReason: capacityReasonSchema,
});

const layerSchema = z.object({ height: z.number().int(), frameRate: z.number().int(), bitrate: z.number().int() });

const addressSchema = z.url().max(300);

/** `POST /api/briefings/:id/join`: PS2, who sits there; left out: whoever the session knows. */
export const joinSchema = z.strictObject({
  person: personSchema.nullable().optional(),
  /** PL10: addresses that answers have named, and at which nobody was reached; versions before say and take one. */
  not: z.union([addressSchema, z.array(addressSchema).max(MOST_SILENT_NODES)]).optional(),
});

/** PL17: of a `join`: the place that this device was given. A header, since versions before take no other body. */
export const placeHeader = 'x-dh-place';
/** No place is longer. */
export const LONGEST_PLACE = 1_000;

/** Its answer: which node carries this device, and its token for an unmodified LiveKit client. */
export const joinAnswerSchema = z.object({
  url: z.string(),
  token: z.string(),
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** Layers that a camera on stage should send, lowest first; bitrate in bit/s. */
  camera: z.array(layerSchema).min(1),
  /** The same of a screen that is shared there. */
  screen: z.array(layerSchema).min(1),
  /** LiveKit identity of this device; the same again after a reload of the page. */
  identity: z.string(),
  briefing: briefingSchema,
  /** PL17: sent along at the next `join` (`placeHeader`): whoever was let in does not wait again. */
  place: z.string().optional(),
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

/**
 * Attributes of a LiveKit participant in a briefing. `identity` is that of the device (`joinAnswer.identity`): who is
 * not told of the green room of its unit knows it by its sid, and reads here who it is when it is on stage.
 */
export const participantAttributes = {
  unit: 'dh.unit',
  path: 'dh.path',
  role: 'dh.role',
  identity: 'dh.identity',
  /** PS4; neither is there when nobody said. */
  person: 'dh.person',
  title: 'dh.title',
} as const;

export const briefingNotices = {
  /** First after each connection, and at each change of the briefing's state. */
  briefing: briefingSchema,
} as const;
