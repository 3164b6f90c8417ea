import { z } from 'zod';

/**
 * A backup as text: the header as a line of JSON; the rows of each table in the order of the header, as COPY writes
 * them, each table ended by `\.`; and the trailer as a line of JSON. Nothing in it depends on the version of
 * PostgreSQL.
 */
export const headerSchema = z.strictObject({
  format: z.literal('dieu-hanh backup'),
  version: z.literal(1),
  at: z.string(),
  /** PostgreSQL's own version, for information. */
  postgres: z.string(),
  /** The version of the tables. */
  migrations: z.array(z.string()),
  tables: z.array(z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) })),
  /** FG53: months of which rows of figures have a table, as moments in them. */
  months: z.array(z.string()).optional(),
  /** Identity columns go on from here. */
  sequences: z.array(z.strictObject({ sequence: z.string(), last: z.string().regex(/^\d+$/), called: z.boolean() })),
});
export type Header = z.infer<typeof headerSchema>;

export const trailerSchema = z.strictObject({
  /** Of each table, in the order of the header. */
  rows: z.array(z.number().int()),
  /** Of all lines before, hexadecimal. */
  sha256: z.string(),
});
export type Trailer = z.infer<typeof trailerSchema>;

export const END_OF_TABLE = '\\.';
