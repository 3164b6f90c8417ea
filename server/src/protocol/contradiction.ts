import { z } from 'zod';
import { MOST_COMPARED, MOST_ROWS, USUAL_ROWS } from './limits.ts';
import { unitCodeSchema, unitPathSchema } from './organisation.ts';
import { receiptSchema } from './record.ts';
import { restoreSchema } from './resubmission.ts';

/** AU22: tables whose rows a unit has receipts of. */
export const comparedTableSchema = z.enum(['round_entries', 'directive_acts', 'question_acts', 'figure_entries']);
export type ComparedTable = z.infer<typeof comparedTableSchema>;

/**
 * AU22, `POST /api/seals`: places of receipts that the caller keeps. The hashes are not among them, so that a server which
 * knows another record cannot answer with what it was told.
 */
export const sealPlaceSchema = z.strictObject({
  table: comparedTableSchema,
  chain: z.string().max(100),
  seal: z.number().int().min(1),
  leaf: z.number().int().min(0),
  /** When it was sealed, as the receipt says it: whether a restore lost its whole chain goes by that. */
  at: z.iso.datetime({ offset: true }).max(40),
});
export type SealPlace = z.infer<typeof sealPlaceSchema>;
export const compareSchema = z.strictObject({ places: z.array(sealPlaceSchema).min(1).max(MOST_COMPARED) });

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/**
 * What is on record at one place, both hashes computed anew from what stands there. null, null: nothing of the caller's
 * unit, with the restore that lost it, if one did.
 */
export const foundSealSchema = z.object({
  seal: hash.nullable(),
  row: hash.nullable(),
  restore: restoreSchema.optional(),
});
export type FoundSeal = z.infer<typeof foundSealSchema>;
/** In the order of the places. */
export const comparedSchema = z.object({ found: z.array(foundSealSchema) });

/** AU24, `POST /api/contradictions`: a receipt that the record contradicts. */
export const contradictSchema = z.strictObject({ receipt: receiptSchema });
/** stands, lost: the server looked again, and it does not. */
export const contradictedSchema = z.object({ outcome: z.enum(['contradicted', 'stands', 'lost']) });

/** AU24, `GET /api/contradictions`: of the caller's territory, newest first. */
export const contradictionQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(USUAL_ROWS),
});
export const contradictionSchema = z.object({
  unit: unitCodeSchema,
  unitName: z.string(),
  path: unitPathSchema,
  /** Whether this installation gave the receipt, by its stamp (AU17). */
  proven: z.boolean(),
  /** Who was signed in at the device that found it, from where; first, and last. */
  by: z.string(),
  identity: z.string(),
  address: z.string(),
  firstAt: z.iso.datetime(),
  at: z.iso.datetime(),
  receipt: receiptSchema,
  found: foundSealSchema,
});
export type Contradiction = z.infer<typeof contradictionSchema>;
export const contradictionsSchema = z.object({ contradictions: z.array(contradictionSchema) });
