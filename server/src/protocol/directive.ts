import { z } from 'zod';
import {
  LONGEST_LIST_NAME,
  LONGEST_NAME,
  LONGEST_TEXT,
  LONGEST_TIER,
  LONGEST_TITLE,
  LONGEST_WORDS,
  MOST_ATTACHMENTS,
  MOST_ROWS,
  MOST_SUBTREES,
  USUAL_ROWS,
} from './limits.ts';
import { label, name as nameOf } from './name.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { text } from './text.ts';
import { uuidSchema } from './uuid.ts';

/** What became of the directive as a whole. */
export const directiveStateSchema = z.enum(['issued', 'recalled', 'superseded']);

/**
 * Where one addressee stands. sent: nothing of it reached the unit. question: it asks back and waits for the answer
 * (acknowledging is still open to it). recalled: it knows that the directive was taken back.
 */
export const followStateSchema = z.enum([
  'sent',
  'delivered',
  'read',
  'question',
  'acknowledged',
  'refused',
  'in-progress',
  'done',
  'recall-asked',
  'recalled',
  'recall-refused',
]);
export type FollowState = z.infer<typeof followStateSchema>;

/**
 * The national document axis: 01 arrived, 02 refused, 03 accepted, 04 assigned, 05 in progress, 06 done, 13 recall
 * asked, 15 recall agreed, 16 recall refused.
 */
export const axisSchema = z.enum(['01', '02', '03', '04', '05', '06', '13', '15', '16']);

/** none: it has no deadline, or there is time. */
export const timingSchema = z.enum(['none', 'on-time', 'late', 'overdue']);

export const attachmentSchema = z.object({
  /** SHA-256 of the bytes, hexadecimal: its name in the store. `GET /api/attachments/{sha256}`. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(LONGEST_NAME),
  type: z.string().max(100),
  size: z.number().int(),
});
export type Attachment = z.infer<typeof attachmentSchema>;
/**
 * `POST /api/attachments?name=`: the bytes as body under their content type; answers the attachment, the same for the
 * same bytes.
 */
export const uploadQuerySchema = z.object({ name: label(LONGEST_NAME) });
/** What may be attached; everything else is refused (`bad-request`). */
export const attachmentTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/plain',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

export const directiveSchema = z.object({
  id: uuidSchema,
  /** Numbered by issuer and year: 12/2026. */
  number: z.number().int(),
  year: z.number().int(),
  issuer: z.object({ unit: unitCodeSchema, path: unitPathSchema, name: z.string() }),
  /** Who signed. */
  by: z.string(),
  title: z.string(),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  /** How many units it is addressed to. */
  addressees: z.number().int(),
  deadline: z.iso.datetime().nullable(),
  issuedAt: z.iso.datetime(),
  /** Issued in a live briefing, in this second of it. */
  briefing: uuidSchema.nullable(),
  second: z.number().int().nullable(),
  state: directiveStateSchema,
  /** Why it was recalled. */
  why: z.string().nullable(),
  supersedes: uuidSchema.nullable(),
  supersededBy: uuidSchema.nullable(),
  /** DR35: the selection of units by a figure to which it was addressed; absent: none. */
  selection: uuidSchema.optional(),
});
export type Directive = z.infer<typeof directiveSchema>;

/** One addressee of one directive. */
export const followSchema = z.object({
  directive: uuidSchema,
  unit: unitCodeSchema,
  path: unitPathSchema,
  unitName: z.string(),
  state: followStateSchema,
  axis: axisSchema.nullable(),
  timing: timingSchema,
  /** It was not in the briefing in which the directive was issued; counted apart. */
  absentee: z.boolean(),
  deliveredAt: z.iso.datetime().nullable(),
  readAt: z.iso.datetime().nullable(),
  /** Acknowledged or refused. */
  answeredAt: z.iso.datetime().nullable(),
  doneAt: z.iso.datetime().nullable(),
  /** Name of the one who acknowledged, and in their own words who does it. */
  name: z.string().nullable(),
  words: z.string().nullable(),
  /** Until when, as they promised. */
  promised: z.iso.date().nullable(),
  /** What it reported last: on its progress, that it is done, or why it does not give a directive back. */
  report: z.string().nullable(),
  /** The last question and its answer. */
  question: z.string().nullable(),
  reply: z.string().nullable(),
  /** Something of it was sent again, after a restore had lost it (RS3). */
  resubmitted: z.literal(true).optional(),
});
export type Follow = z.infer<typeof followSchema>;

/**
 * Addressees: subtrees, a saved list, or the units that a briefing expects in the caller's territory, without the
 * exceptions; every base unit (UN6) in them, or of `tier` when that is given. Or exactly the units of a selection (DR35).
 */
export const addresseesSchema = z.strictObject({
  to: z.union([
    z.array(unitCodeSchema).min(1).max(MOST_SUBTREES),
    z.strictObject({ list: z.string().min(1).max(LONGEST_LIST_NAME) }),
    z.strictObject({ briefing: uuidSchema }),
    z.strictObject({ selection: uuidSchema }),
  ]),
  except: z.array(unitCodeSchema).max(MOST_SUBTREES).default([]),
  tier: z.string().min(1).max(LONGEST_TIER).optional(),
});
/** `POST /api/directives/preview` with the addressees as body: how many that are, while they are being picked. */
export const previewSchema = z.object({ addressees: z.number().int(), sample: z.array(z.string()).max(5) });

/** `POST /api/directives`; answers the directive. */
export const issueDirectiveSchema = z.strictObject({
  /** Of the caller's making; the same again answers the same directive. */
  key: uuidSchema,
  title: text(LONGEST_TITLE),
  text: text(LONGEST_TEXT),
  attachments: z
    .array(attachmentSchema.pick({ sha256: true, name: true }))
    .max(MOST_ATTACHMENTS)
    .default([]),
  addressees: addresseesSchema,
  deadline: z.iso.datetime().nullable().default(null),
  /** A live briefing in which it is given. */
  briefing: uuidSchema.nullable().default(null),
  supersedes: uuidSchema.nullable().default(null),
});
export type IssueDirective = z.output<typeof issueDirectiveSchema>;

const key = uuidSchema;
const words = text(LONGEST_WORDS);
const name = nameOf(LONGEST_NAME);
/** PostgreSQL knows no year 0. */
const day = z.iso.date().refine((date) => date >= '0001', 'there is no year 0');
/**
 * `POST /api/directives/{id}/acts`: what an addressee's seat does with it. Each is recorded once; the same key answers
 * the first receipt.
 */
export const followActSchema = z.discriminatedUnion('act', [
  z.strictObject({ key, act: z.literal('delivered') }),
  z.strictObject({ key, act: z.literal('read') }),
  z.strictObject({ key, act: z.literal('acknowledge'), name, words, promised: day.nullable().default(null) }),
  z.strictObject({ key, act: z.literal('refuse'), name, words }),
  z.strictObject({ key, act: z.literal('ask'), words }),
  z.strictObject({ key, act: z.literal('start'), words: words.optional() }),
  z.strictObject({ key, act: z.literal('done'), words }),
  z.strictObject({ key, act: z.literal('agree-recall') }),
  z.strictObject({ key, act: z.literal('refuse-recall'), words }),
]);
export type FollowAct = z.output<typeof followActSchema>;
export const followedSchema = z.object({ follow: followSchema, receipt: receiptSchema, first: z.boolean() });
export type Followed = z.infer<typeof followedSchema>;

/** `POST /api/directives/{id}/reply`: the issuer's side answers a question; answers as an act does. */
export const replySchema = z.strictObject({ key, unit: unitCodeSchema, words });
/** `POST /api/directives/{id}/recall`; answers the directive. */
export const recallSchema = z.strictObject({ key, why: words });

/**
 * `GET /api/directives?box=`: inbox, what the caller's unit was told, with where it stands; issued: what was given by
 * their territory's issuers; above: what was given by those above to units of their territory.
 */
export const directiveQuerySchema = z.object({
  box: z.enum(['inbox', 'issued', 'above']),
  /** Only what still asks something of the unit, or of one in the territory. */
  open: z.stringbool().default(false),
  briefing: uuidSchema.optional(),
});
/** `GET /api/directives/{id}`; `follow` is that of the caller's own unit. */
export const directiveItemSchema = z.object({ directive: directiveSchema, follow: followSchema.nullable() });
export type DirectiveItem = z.infer<typeof directiveItemSchema>;
export const directiveListSchema = z.object({ directives: z.array(directiveItemSchema) });

/** `GET /api/directives/{id}/board?root=`: the root (the caller's own unit, if it is not given) and its children. */
export const boardQuerySchema = z.object({ root: unitCodeSchema.optional() });
export const directiveCountSchema = z.object({
  unit: unitCodeSchema,
  name: z.string(),
  addressees: z.number().int(),
  /** By state of the addressee; those that are not named are 0. */
  states: z.partialRecord(followStateSchema, z.number().int()),
  onTime: z.number().int(),
  late: z.number().int(),
  overdue: z.number().int(),
  /** Of them, not in the briefing in which it was issued. */
  absentees: z.number().int(),
});
export type DirectiveCount = z.infer<typeof directiveCountSchema>;
export const directiveBoardSchema = z.object({ at: z.iso.datetime(), counts: z.array(directiveCountSchema) });
/** FG68: `GET /api/directives/{id}/states?root=`: where each addressee of a territory stands, in path order, for a map. */
export const directiveStatesSchema = z.object({
  at: z.iso.datetime(),
  units: z.array(z.tuple([unitPathSchema, followStateSchema, timingSchema])),
});
export type DirectiveStates = z.infer<typeof directiveStatesSchema>;

/** Rows of the board of an official's territory (`root`) that changed. */
export const directiveTickSchema = directiveBoardSchema.extend({ directive: uuidSchema, root: unitCodeSchema });

/**
 * `GET /api/directives/{id}/follows?root=&state=&timing=&after=&limit=`: addressees in the order of their paths as
 * text.
 */
export const followQuerySchema = z.object({
  root: unitCodeSchema.optional(),
  state: followStateSchema.optional(),
  timing: timingSchema.optional(),
  after: unitPathSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const followPageSchema = z.object({
  follows: z.array(followSchema),
  total: z.number().int(),
  next: unitPathSchema.nullable(),
});

/** Why a reminder comes: so long before the deadline, or at it. */
export const reminderMomentSchema = z.enum(['day', 'hour', 'deadline']);
export type ReminderMoment = z.infer<typeof reminderMomentSchema>;
export const reminderSchema = z.object({
  directive: uuidSchema,
  number: z.number().int(),
  year: z.number().int(),
  title: z.string(),
  deadline: z.iso.datetime(),
  moment: reminderMomentSchema,
});
export type Reminder = z.infer<typeof reminderSchema>;

/**
 * `GET /api/directives/{id}/acts?unit=` (the caller's own, if it is not given): everything that was recorded for one
 * addressee, oldest first, each with its receipt. `act` is one of `followActSchema`, or `issue`, `reply`, `recall`,
 * `supersede`.
 */
export const historyQuerySchema = z.object({ unit: unitCodeSchema.optional() });
export const followHistorySchema = z.object({
  acts: z.array(
    z.object({
      act: z.string(),
      at: z.iso.datetime(),
      by: z.string().nullable(),
      words: z.string().nullable(),
      resubmittedAt: z.iso.datetime().optional(),
      receipt: receiptSchema,
    }),
  ),
});

export const directiveNotices = {
  /** A directive for the unit: new, recalled or superseded. */
  directive: directiveSchema,
  /** Where the unit stands with a directive, when another device or the issuer's answer changed it. */
  'directive.follow': followSchema,
  /**
   * To officials: how far a directive has come in their territory, also when it was issued, ended, or its deadline
   * passed. At most 4 a second.
   */
  'directive.tick': directiveTickSchema,
  /** The deadline comes near, or is here, and the unit has not reported that it is done. */
  'directive.reminder': reminderSchema,
} as const;
