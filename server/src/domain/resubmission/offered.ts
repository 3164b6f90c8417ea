import { z } from 'zod';
import { refuse } from '../../protocol/errors.ts';
import { LONGEST_IDENTITY, LONGEST_NAME, LONGEST_REMARK, LONGEST_WORDS } from '../../protocol/limits.ts';
import { unitCodeSchema } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';
import { type ResubmittedTable, resubmittedTableSchema } from '../../protocol/resubmission.ts';
import { answererSchema } from '../../protocol/rollcall.ts';
import { text } from '../../protocol/text.ts';
import { uuidSchema } from '../../protocol/uuid.ts';

/** As PostgreSQL writes it: `2026-09-02T08:00:01.250001+00:00`. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/)
  .refine((at) => !Number.isNaN(Date.parse(at)));
const place = { chain: z.string().max(100), seal: z.number().int(), leaf: z.number().int() };

const answerRow = z.strictObject({
  ...place,
  round: uuidSchema,
  seq: z.number().int().min(1),
  unit: unitCodeSchema,
  kind: z.enum(['answer', 'correction', 'absence']),
  key: uuidSchema,
  at: moment,
  late: z.boolean(),
  account: uuidSchema,
  account_name: text(LONGEST_NAME),
  identity: text(LONGEST_IDENTITY),
  address: text(LONGEST_NAME),
  answerer: answererSchema.nullable(),
  name: text(LONGEST_NAME).nullable(),
  note: text(LONGEST_REMARK).nullable(),
});
export type AnswerRow = z.infer<typeof answerRow>;

const actRow = z.strictObject({
  ...place,
  key: uuidSchema,
  directive: uuidSchema,
  unit: unitCodeSchema,
  act: z.enum([
    ...(['delivered', 'read', 'acknowledge', 'refuse', 'ask', 'start', 'done'] as const),
    ...(['agree-recall', 'refuse-recall'] as const),
  ]),
  account: uuidSchema,
  by_name: text(LONGEST_NAME),
  name: text(LONGEST_NAME).nullable(),
  words: text(LONGEST_WORDS).nullable(),
  promised: z.iso.date().nullable(),
  at: moment,
});
export type ActRow = z.infer<typeof actRow>;

/** A receipt of something that a unit has said, with the row that it is of. */
export type Offered = { readonly receipt: Receipt; readonly about: string } & (
  | { readonly kind: 'answer'; readonly row: AnswerRow }
  | { readonly kind: 'act'; readonly row: ActRow }
);

const rows = { round_entries: answerRow, directive_acts: actRow } satisfies Record<ResubmittedTable, z.ZodType>;

/** RS1: what may be sent again: a unit's own answers and acts. @throws DomainError `bad-request` */
export function offeredBy(receipt: Receipt): Offered {
  const { table, record } = receipt;
  const named = resubmittedTableSchema.safeParse(table).data;
  const parsed = named && rows[named].safeParse(record);
  if (!parsed?.success)
    throw refuse('bad-request', `${table}: only receipts of a unit's own answers and acts are sent again`);
  const row = parsed.data;
  return 'round' in row
    ? { kind: 'answer', receipt, row, about: row.round }
    : { kind: 'act', receipt, row, about: row.directive };
}
