import type { RecordRow } from './seal.ts';

/** What verification must know of an official table beside its rows. */
export interface RecordTable {
  readonly table: string;
  /** AU4 */
  readonly covers?: readonly { readonly column: string; readonly table: string; readonly isBulk?: boolean }[];
  /** AU5: names of contents that a row speaks of. */
  readonly contents?: (row: RecordRow) => readonly string[];
}

/** Somebody who has seen a seal: a receipt, or a note of the last seals. */
export interface Witness {
  /** For messages: a file name. */
  readonly source: string;
  readonly chain: string;
  readonly nr: number;
  /** Hash of the seal, hexadecimal. */
  readonly hash: string;
  /** When it was sealed, where that is known. */
  readonly at?: string;
  /** The row that a receipt shows: so an altered one can be compared column by column. */
  readonly record?: { readonly table: string; readonly leaf: number; readonly row: RecordRow };
}
