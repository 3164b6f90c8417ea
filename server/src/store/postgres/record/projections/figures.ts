import type { Sql } from '../../base/Postgres.ts';
import { wrongFrames } from '../../figure/PgFigureFrames.ts';

const SHOWN = 20;

/** FG4: N has no gap, and the counter stands where the last of them is. */
export async function checkFigures(sql: Sql): Promise<readonly string[]> {
  const [row] = await sql.query<{ n: number; last: number; acts: number; isLast: boolean }>(
    `WITH acts AS (SELECT n, at FROM figure_batches UNION ALL SELECT n, at FROM indicator_acts UNION ALL SELECT n, at FROM source_acts
       UNION ALL SELECT n, at FROM figure_acts)
     SELECT c.n::float8, coalesce(max(a.n), 0)::float8 AS last, count(a.n)::float8 AS acts,
       c.at = coalesce((SELECT at FROM acts ORDER BY n DESC LIMIT 1), '2000-01-01T00:00:00Z') AS "isLast"
     FROM figure_counter c LEFT JOIN acts a ON true GROUP BY c.n, c.at`,
  );
  if (!row) return ['figure_counter: it has no row'];
  const { n, last, acts, isLast } = row;
  const problems: string[] = [];
  if (acts !== last)
    problems.push(`figure_counter: the record goes to ${last} and has ${acts} batches and acts on figures`);
  if (n !== last) problems.push(`figure_counter: it stands at ${n}, and the record goes to ${last}`);
  if (!isLast) problems.push('figure_counter: its time is not that of the last batch or act');
  return problems;
}

/** FG51: frames, which are made of rows and acts, say what these say. @param since FG111: those that were made of something newer */
export async function checkFrames(sql: Sql, since?: string): Promise<readonly string[]> {
  const wrong = await wrongFrames(sql, SHOWN, since);
  return wrong.map(
    ({ indicator, period, n }) =>
      `figure_frames, figure_frame_units (${indicator}, ${new Date(period).toISOString()}, as of ${n}): the record says something else`,
  );
}
