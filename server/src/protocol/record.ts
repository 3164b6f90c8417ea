import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Proof that a record was sealed: the record itself, its place in the Merkle tree of its commit, and the seal of that
 * commit. Whoever has it can check it without the system: `npm run dh -- audit verify --receipt FILE`.
 */
export const receiptSchema = z.object({
  /** The chain of seals: `briefing:<id>`, `rehearsal:<id>`, `office:<unit>:<year>` or `system`. */
  chain: z.string().max(100),
  seal: z.number().int().min(1),
  /** Place of the record among the leaves of its seal, from 0. */
  leaf: z.number().int().min(0),
  leaves: z.number().int().min(1),
  table: z.string().max(63),
  /** The row as it was recorded. */
  record: z.record(z.string(), z.json()),
  /** Siblings from the leaf up to the root. */
  path: z.array(hash).max(32),
  /** Hash of the seal before. */
  previous: hash,
  /** When it was sealed, by the database's clock. */
  at: z.string().max(40),
  /** Hash of the seal. */
  hash,
  /**
   * AU17: by which this installation knows a receipt that it gave; it proves nothing to anybody else. Older receipts have
   * none. A signature, when there is one, stands beside it.
   */
  stamp: z.object({ key: z.string().max(40), mac: z.string().max(64) }).optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** SV16: of answers under `/api`: `unwritable` while nothing can be recorded. */
export const recordHeader = 'dh-record';
