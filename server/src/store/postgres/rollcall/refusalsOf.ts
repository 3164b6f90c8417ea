import { canonical } from '../../../domain/record/canonical.ts';
import { sha256 } from '../../../domain/record/merkle.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Sql } from '../base/Postgres.ts';

/** Unit -> of each refusal, what tells it from every other. */
export type RefusedDigests = Readonly<Record<string, readonly string[]>>;

const DIGITS = 32;

/** @param row as `to_jsonb` writes it, without `last_at` and `times` */
export const refusalDigest = (row: RecordRow): string => sha256(canonical(row)).slice(0, DIGITS);

/** AU35: what was refused in a round until now, for the record. */
export async function refusalsOf(
  sql: Sql,
  round: string,
): Promise<{ readonly refused: number; readonly refusals: RefusedDigests }> {
  const rows = await sql.query<{ unit: string; row: RecordRow }>(
    `SELECT unit, to_jsonb(r) - 'last_at' - 'times' AS row FROM public.round_refusals r WHERE round = $1 ORDER BY unit, key, reason`,
    [round],
  );
  const refusals: Record<string, string[]> = {};
  for (const { unit, row } of rows) {
    const of = refusals[unit] ?? [];
    refusals[unit] = of;
    of.push(refusalDigest(row));
  }
  return { refused: rows.length, refusals };
}
