import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Sql } from '../base/Postgres.ts';
import { receiptsOf } from './receipts.ts';

/** Where a row of the record lies. */
export interface RecordPlace {
  readonly table: string;
  readonly chain: string;
  readonly seal: number;
  readonly leaf: number;
}

/** Receipts of rows that were sealed earlier, made anew from their seals; in the order of the places. */
export async function pastReceipts(sql: Sql, places: readonly RecordPlace[]): Promise<Receipt[]> {
  const receipts = new Map<string, Receipt>();
  for (const table of new Set(places.map((place) => place.table))) {
    const here = places.filter((place) => place.table === table);
    const found = await sql.query<{ row: RecordRow }>(
      `SELECT to_jsonb(t) AS row FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[], $3::int[]) w (chain, seal, leaf)) w
       JOIN ${table} t USING (chain, seal, leaf)`,
      [here.map((p) => p.chain), here.map((p) => p.seal), here.map((p) => p.leaf)],
    );
    const rows = found.map(({ row }) => row);
    for (const receipt of await receiptsOf(sql, table, rows)) receipts.set(keyOf(receipt), receipt);
  }
  return places.map((place) => {
    const receipt = receipts.get(keyOf(place));
    if (!receipt) throw new Error(`leaf ${place.leaf} of seal ${place.seal} of ${place.chain} is not there`);
    return receipt;
  });
}

const keyOf = ({ table, chain, seal, leaf }: RecordPlace) => `${table} ${chain} ${seal} ${leaf}`;
