import { z } from 'zod';
import { contactsSchema } from './contacts.ts';
import { LONGEST_NAME } from './limits.ts';
import { label } from './name.ts';
import { uuidSchema } from './uuid.ts';

/** Files that a roster comes in. */
export const rosterTypes = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const;

/** What is wrong with a file, for a sentence in each language; `about` names a code, a column or a tier. */
export const rosterFaultSchema = z.enum([
  'unreadable', // no CSV, no workbook
  'empty',
  'header-lacks', // about: columns
  'fields', // a line with too few or too many
  'quote', // a quoted field does not end
  'cell', // about: the column
  'numeric', // about: the column; a spreadsheet has dropped what stood before
  'twice', // about: the code
  'was-closed', // about: the code, which is never reissued
  'no-tier', // about: the tier
  'title', // about: a title of a tier above
  'dates', // it would end before it begins
  'closes-early', // about: since when it is as it is
  'changes-early', // about: likewise
  'second-root', // about: the code
  'no-parent', // about: the parent
  'parent-closed', // about: the parent
  'tier-order', // about: the tier
  'moves-early', // about: the code
  'outside', // about: the code; not of the importer's territory
]);
export type RosterFault = z.infer<typeof rosterFaultSchema>;
export const rosterErrorSchema = z.object({
  /** 0: of no line. */
  line: z.int(),
  why: rosterFaultSchema,
  about: z.string(),
});

export const rosterStepSchema = z.object({
  kind: z.enum(['opened', 'changed', 'moved', 'closed', 'contacts', 'tiers']),
  code: z.string(),
  name: z.string(),
  /** What it was: a name, a parent's name, or empty. */
  before: z.string(),
  after: z.string(),
  /** Of contacts: whole, on both sides; null: nobody was known. */
  contacts: z.object({ before: contactsSchema.nullable(), after: contactsSchema }).optional(),
  /** The first day on which it is so; empty: at once. */
  from: z.string(),
});
export type RosterStep = z.infer<typeof rosterStepSchema>;
const countsSchema = z.object({
  ...{ opened: z.int(), changed: z.int(), moved: z.int(), closed: z.int(), contacts: z.int(), tiers: z.int() },
  /** Units that move with the one above them. */
  along: z.int(),
});
export type RosterCounts = z.infer<typeof countsSchema>;

/** `POST /api/roster/plans?file=NAME&what=roster|tiers`: what an import would do; nothing is written. */
export const rosterPlanQuerySchema = z.object({
  file: label(LONGEST_NAME),
  what: z.enum(['roster', 'tiers']).default('roster'),
});
/** IM1: all that is wrong, or all that would be done. */
export const rosterPlanSchema = z.object({
  /** SHA-256 of what would be done; empty when something is wrong. */
  plan: z.string(),
  errors: z.array(rosterErrorSchema),
  /** How many errors there are; not all of thousands are told. */
  wrong: z.int(),
  counts: countsSchema,
  steps: z.array(rosterStepSchema),
});
export type RosterPlan = z.infer<typeof rosterPlanSchema>;

/** `POST /api/roster/imports?file=&what=&plan=&key=`: does what was shown, and nothing else. */
export const rosterImportQuerySchema = rosterPlanQuerySchema.extend({
  plan: z.string().regex(/^[0-9a-f]{64}$/),
  key: uuidSchema,
});
export const rosterDoneSchema = z.object({ counts: countsSchema });

/** `GET /api/roster/file?format=`: the territory as a file that an import takes. */
export const rosterFileQuerySchema = z.object({ format: z.enum(['csv', 'xlsx']).default('csv') });
