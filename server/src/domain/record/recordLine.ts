import { z } from 'zod';
import type { RecordRow } from './seal.ts';

const row: z.ZodType<RecordRow> = z.record(z.string(), z.json());
/** Of any length: what is wrong with one is for verification to say. */
const hash = z.string().regex(/^[0-9a-f]*$/);

/**
 * The record as a stream, read from a database or from an export (one JSON value a line). Verification keeps no more of
 * it than one seal with its rows, so the order is a part of the format: record, tables, contents, then chain by chain
 * its seals in order, each before its rows.
 */
export const recordLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record'), version: z.literal(1), at: z.string(), migrations: z.array(z.string()) }),
  /** An official table that is there, and the columns of its key. */
  z.strictObject({ kind: z.literal('table'), table: z.string(), key: z.array(z.string()) }),
  /** Bytes kept under their own hash: the name, and the hash of what is there. */
  z.strictObject({ kind: z.literal('content'), table: z.string(), name: z.string(), hash: z.string() }),
  /** The head of a chain; null: seals or rows name a chain that has none. */
  z.strictObject({
    kind: z.literal('chain'),
    chain: z.string(),
    head: z.strictObject({ nr: z.number(), hash }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('seal'),
    chain: z.string(),
    nr: z.number(),
    previous: hash,
    root: hash,
    leaves: z.number(),
    at: z.string(),
    hash,
    /** Hashes of its leaves, one after the other. */
    hashes: hash.nullable(),
  }),
  z.strictObject({ kind: z.literal('row'), table: z.string(), row }),
  /** Of the row before, which vouches for it in `column`. */
  z.strictObject({ kind: z.literal('covered'), column: z.string(), table: z.string(), row }),
  /** A row that no official row vouches for. */
  z.strictObject({ kind: z.literal('orphan'), table: z.string(), row }),
  /**
   * Rows without a seal: how many there are, and how many there were when sealing began; null: it began with the table.
   */
  z.strictObject({
    kind: z.literal('unsealed'),
    table: z.string(),
    rows: z.number(),
    hash,
    began: z.strictObject({ rows: z.number(), hash: z.string() }).nullable(),
  }),
  /** AU30: everything around the tables, as it is: name of each part -> its definition. */
  z.strictObject({
    kind: z.literal('catalog'),
    schema: z.record(z.string(), z.string()),
    local: z.record(z.string(), z.string()),
  }),
  /** So that an export which was cut short is not taken for a whole one. */
  z.strictObject({ kind: z.literal('end'), lines: z.number() }),
]);
export type RecordLine = z.infer<typeof recordLineSchema>;
export type RecordLineOf<K extends RecordLine['kind']> = Extract<RecordLine, { kind: K }>;
