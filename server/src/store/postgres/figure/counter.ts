import type { Sql } from '../base/Postgres.ts';

/** FG4: where a batch, or an act on figures, stands. */
export interface FigurePlace {
  readonly n: number;
  /** As `to_jsonb` writes it; never before that of an earlier one. */
  readonly at: string;
}

/** FG4: the next N, held until COMMIT; the last of all locks. It is given away by `moveOn`. */
export async function nextPlace(sql: Sql): Promise<FigurePlace> {
  // The clock is a statement of its own: it is read when the lock is held.
  const [, [next]] = await Promise.all([
    sql.query('SELECT FROM figure_counter FOR UPDATE'),
    sql.query<{ n: string; at: string }>(
      `SELECT n + 1 AS n, to_jsonb(greatest(at, clock_timestamp())) #>> '{}' AS at FROM figure_counter`,
    ),
  ]);
  if (!next) throw new Error('the counter of figures is not there');
  return { n: Number(next.n), at: next.at };
}

export async function moveOn(sql: Sql, { n, at }: FigurePlace): Promise<void> {
  await sql.query('UPDATE figure_counter SET n = $1, at = $2', [n, at]);
}

/** FG111: the first N of a batch since this moment; where there is none, the last of before. @param moment SQL */
export const batchesSince = (moment: string): string =>
  `coalesce((SELECT min(n) FROM figure_batches WHERE at >= ${moment}::timestamptz), (SELECT max(n) FROM figure_batches), 0)`;

export const chainOfFigures = (source: string, year: number): string => `figures:${source}:${year}`;

/** By the calendar in Viet Nam. */
export async function figureYear(sql: Sql): Promise<number> {
  const [now] = await sql.query<{ year: number }>(
    `SELECT extract(year FROM clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS year`,
  );
  return now?.year ?? 0;
}
