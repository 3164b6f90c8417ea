import { type GrainMonth, keyOf } from '../../../../domain/figure/archive/months.ts';
import type { Sql } from '../../base/Postgres.ts';

/** FG36: months of which the rows have left, by `keyOf`. */
export async function archivedMonths(sql: Sql): Promise<ReadonlySet<string>> {
  const months = await sql.query<GrainMonth & Record<string, unknown>>(
    `SELECT month, grain FROM figure_archives a WHERE act = 'archive'
       AND NOT EXISTS (SELECT FROM figure_archives r WHERE r.reopens = a.id)`,
  );
  return new Set(months.map(keyOf));
}
