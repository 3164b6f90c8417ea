import { MerkleTree, splitHashes } from '../../../domain/record/merkle.ts';
import { receiptOf } from '../../../domain/record/receipt.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Sql } from '../base/Postgres.ts';

interface SealRow {
  chain: string;
  nr: string;
  previous: string;
  root: string;
  leaves: number;
  at: string;
  hashes: string;
}

/** Receipts of rows that were recorded before, in their order. @param rows all columns, as `to_jsonb` writes them */
export async function receiptsOf(sql: Sql, table: string, rows: readonly RecordRow[]): Promise<Receipt[]> {
  if (rows.length === 0) return [];
  const seals = await sql.query<SealRow>(
    `SELECT chain, nr, encode(previous, 'hex') AS previous, encode(root, 'hex') AS root, leaves, to_jsonb(at) #>> '{}' AS at,
       encode(hashes, 'hex') AS hashes FROM seals
     JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[]) AS w (chain, nr)) w USING (chain, nr)`,
    [rows.map((row) => row.chain), rows.map((row) => row.seal)],
  );
  const trees = new Map(
    seals.map(({ nr, hashes, ...seal }) => [
      `${seal.chain} ${nr}`,
      { seal: { ...seal, nr: Number(nr) }, tree: new MerkleTree(splitHashes(hashes)) },
    ]),
  );
  return rows.map((row) => {
    const found = trees.get(`${row.chain} ${row.seal}`);
    if (!found) throw new Error(`there is no seal ${row.seal} of ${row.chain}`);
    return receiptOf({ ...found, stamper: sql.stamper }, Number(row.leaf), table, row);
  });
}
