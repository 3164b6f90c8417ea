import type { RecordRow } from '../../../../domain/record/seal.ts';
import type { Snapshot } from '../../base/Snapshot.ts';
import { batchesSince } from '../counter.ts';
import { OBSERVED } from '../periodRows.ts';

/** A batch that was altered may speak of anything; then its seal names it. */
type Cells = readonly (readonly [indicator: string, period: number])[];

/**
 * AU4, FG36: what a batch vouches for, wherever it lies: in the table, packed, or both. In the table it is looked for in the months
 * of which the batch speaks; and in all of them, when there is more of it than that. @param since FG111: it is asked for no earlier batch
 */
export async function* rowsOfBatch(
  snapshot: Snapshot,
  { n, touches }: RecordRow,
  since?: string,
): AsyncGenerator<RecordRow> {
  const cells = cellsIn(touches);
  const periods = cells.map(([, period]) => period);
  const counted = (await rowsByBatch(snapshot, since)).get(String(n)) ?? 0;
  const within = await count(snapshot, n, periods);
  const range = within === counted && periods.length > 0 ? bounds(periods) : ['-infinity', 'infinity'];
  const rows = snapshot.stream<{ row: RecordRow }>(
    `SELECT to_jsonb(o) AS row FROM (SELECT ${OBSERVED} FROM observations WHERE batch = $1 AND period BETWEEN $4 AND $5
       UNION ALL SELECT ${OBSERVED} FROM figure_packed WHERE batch = $1 AND (indicator, period) IN
         (SELECT p.indicator, p.period FROM figure_packs_read p JOIN unnest($2::text[], $3::timestamptz[]) c (indicator, period)
            USING (indicator, period) WHERE p.first <= $1 AND p.last >= $1)) o
     ORDER BY o.indicator, o.period, o.unit`,
    [String(n), cells.map(([indicator]) => indicator), periods.map(iso), ...range],
  );
  for await (const { row } of rows) yield row;
}

const known = new WeakMap<Snapshot, Promise<ReadonlyMap<string, number>>>();

function rowsByBatch(snapshot: Snapshot, since: string | undefined): Promise<ReadonlyMap<string, number>> {
  const found =
    known.get(snapshot) ??
    snapshot
      .query<{ batch: string; rows: number }>(
        `SELECT batch, count(*)::float8 AS rows FROM observations ${since === undefined ? '' : `WHERE batch >= ${batchesSince('$1')}`} GROUP BY batch`,
        since === undefined ? [] : [since],
      )
      .then((rows) => new Map(rows.map(({ batch, rows: of }) => [batch, of])));
  known.set(snapshot, found);
  return found;
}

async function count(snapshot: Snapshot, n: unknown, periods: readonly number[]): Promise<number> {
  if (periods.length === 0) return 0;
  const [row] = await snapshot.query<{ rows: number }>(
    'SELECT count(*)::float8 AS rows FROM observations WHERE batch = $1 AND period BETWEEN $2 AND $3',
    [String(n), ...bounds(periods)],
  );
  return row?.rows ?? 0;
}

const iso = (period: number): string => new Date(period).toISOString();
const bounds = (periods: readonly number[]): readonly string[] => [
  iso(periods.reduce((least, period) => Math.min(least, period))),
  iso(periods.reduce((most, period) => Math.max(most, period))),
];

function cellsIn(touches: unknown): Cells {
  if (typeof touches !== 'object' || touches === null) return [];
  return Object.entries(touches).flatMap(([indicator, periods]) =>
    (Array.isArray(periods) ? periods : [])
      .map((period) => Date.parse(String(period)))
      .filter(Number.isFinite)
      .map((period) => [indicator, period] as const),
  );
}
