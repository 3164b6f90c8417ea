import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Witness } from '../../server/src/domain/record/ports.ts';
import { receiptHolds } from '../../server/src/domain/record/receipt.ts';
import type { RecordRow } from '../../server/src/domain/record/seal.ts';
import { type Receipt, receiptSchema } from '../../server/src/protocol/record.ts';

/** AU24: what a page saves where the record contradicts its receipts. */
const evidenceSchema = z.object({ contradictions: z.array(z.object({ receipt: receiptSchema })).min(1) });
const fileSchema = z.union([receiptSchema, z.array(receiptSchema).min(1), evidenceSchema]);

export interface ReadReceipt {
  /** The file, and which of several in it. */
  readonly source: string;
  readonly receipt: Receipt;
  /** By itself. One that does not hold is no witness. */
  readonly holds: boolean;
  readonly witness: Witness;
}

/** A file with one receipt, a list of them, or evidence that a page saved. @throws Error when it is neither */
export async function readReceipts(file: string): Promise<readonly ReadReceipt[]> {
  const text = await readFile(file, 'utf8');
  return parse(file, text).map((receipt, i, all) => {
    const { chain, seal, leaf, table, record, hash, at } = receipt;
    const source = all.length === 1 ? file : `${file}, receipt ${i + 1}`;
    const witness = { source, chain, nr: seal, hash, at, record: { table, leaf, row: record as RecordRow } };
    return { source, receipt, holds: receiptHolds(receipt), witness };
  });
}

function parse(file: string, text: string): readonly Receipt[] {
  try {
    const content = fileSchema.parse(JSON.parse(text));
    if ('contradictions' in content) return content.contradictions.map(({ receipt }) => receipt);
    return Array.isArray(content) ? content : [content];
  } catch {
    throw new Error(`${file} is no receipt: it was altered, damaged, or is of another kind`);
  }
}

/** How `audit verify` prints the last seal of a chain. */
export const headLine = ({ chain, nr, hash }: Pick<Witness, 'chain' | 'nr' | 'hash'>): string =>
  `${chain} ${nr} ${hash}`;

const HEAD = /^(\S+) (\d+) ([0-9a-f]{64})$/gm;

/** What an earlier `audit verify` printed, or a note made of it. */
export async function readHeads(file: string): Promise<readonly Witness[]> {
  const text = await readFile(file, 'utf8');
  const heads = [...text.matchAll(HEAD)].map(([, chain = '', nr, hash = '']) => {
    return { source: file, chain, nr: Number(nr), hash };
  });
  if (heads.length === 0) throw new Error(`${file} names no last seal: a line is CHAIN NUMBER HASH`);
  return heads;
}
