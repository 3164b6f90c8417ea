import type { RecordRow } from '../../../../domain/record/seal.ts';
import type { Snapshot } from '../../base/Snapshot.ts';
import { OBSERVED } from '../periodRows.ts';

/** AU4, FG36: what a batch vouches for, wherever it lies: in the table, packed, or both. */
export async function* rowsOfBatch(snapshot: Snapshot, { n, touches }: RecordRow): AsyncGenerator<RecordRow> {
  const cells = cellsIn(touches);
  const rows = snapshot.stream<{ row: RecordRow }>(
    `SELECT to_jsonb(o) AS row FROM (SELECT ${OBSERVED} FROM observations WHERE batch = $1
       UNION ALL SELECT ${OBSERVED} FROM figure_packed WHERE batch = $1 AND (indicator, period) IN
         (SELECT p.indicator, p.period FROM figure_packs_read p JOIN unnest($2::text[], $3::timestamptz[]) c (indicator, period)
            USING (indicator, period) WHERE p.first <= $1 AND p.last >= $1)) o
     ORDER BY o.indicator, o.period, o.unit`,
    [String(n), cells.map(([indicator]) => indicator), cells.map(([, period]) => period)],
  );
  for await (const { row } of rows) yield row;
}

/** A batch that was altered may speak of anything; then its seal names it. */
function cellsIn(touches: unknown): readonly (readonly [indicator: string, period: string])[] {
  if (typeof touches !== 'object' || touches === null) return [];
  return Object.entries(touches).flatMap(([indicator, periods]) =>
    (Array.isArray(periods) ? periods : [])
      .map((period) => Date.parse(String(period)))
      .filter(Number.isFinite)
      .map((period) => [indicator, new Date(period).toISOString()] as const),
  );
}
