import { receiptHolds } from '../../../../domain/record/receipt.ts';
import type { Receipt } from '../../../../protocol/record.ts';
import type { Sql } from '../../base/Postgres.ts';

const SHOWN = 20;
const AT_ONCE = 1_000;

interface Row {
  chain: string;
  seal: string;
  leaf: number;
  receipt: Receipt;
  agrees: boolean;
}

/** What was said then, without its place in the record and in its round. */
const CONTENT = `- '{chain,seal,leaf,seq}'::text[]`;

/** RS2, RS3: rows after one that was seen; whether each is as its receipt says, and stands again if it was taken in. */
const ROWS = `SELECT r.chain, r.seal, r.leaf, r.receipt,
    r.original_at = (r.receipt->'record'->>'at')::timestamptz AND r.key = (r.receipt->'record'->>'key')::uuid
    AND r.unit = r.receipt->'record'->>'unit' AND CASE WHEN r.fate <> 'taken' THEN true
      WHEN r.kind = 'answer' THEN EXISTS (SELECT FROM round_entries e WHERE e.round = r.about AND e.unit = r.unit AND e.key = r.key
        AND e.chain = r.chain AND e.seal = r.seal AND to_jsonb(e) ${CONTENT} = (r.receipt->'record') ${CONTENT})
      ELSE EXISTS (SELECT FROM directive_acts a WHERE a.key = r.key AND a.chain = r.chain AND a.seal = r.seal
        AND to_jsonb(a) ${CONTENT} = (r.receipt->'record') ${CONTENT}) END AS agrees
  FROM resubmissions r WHERE $1::text IS NULL OR (r.chain, r.seal, r.leaf) > ($1, $2::bigint, $3::int)
  ORDER BY r.chain, r.seal, r.leaf LIMIT ${AT_ONCE}`;

/** What was sent again is what its receipt of then says, and what was taken in says the same. */
export async function checkResubmissions(sql: Sql): Promise<readonly string[]> {
  const problems: string[] = [];
  let last: readonly unknown[] = [null, null, null];
  for (;;) {
    const rows = await sql.query<Row & Record<string, unknown>>(ROWS, last);
    for (const { chain, seal, leaf, receipt, agrees } of rows)
      if (!agrees || !receiptHolds(receipt))
        problems.push(`resubmissions (chain ${chain}, seal ${seal}, leaf ${leaf}): its receipt says something else`);
    const end = rows.at(-1);
    if (rows.length < AT_ONCE || !end || problems.length >= SHOWN) return problems.slice(0, SHOWN);
    last = [end.chain, end.seal, end.leaf];
  }
}
