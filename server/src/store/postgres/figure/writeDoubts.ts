import type { BatchDecision, DoubtedCell } from '../../../domain/figure/decideBatch.ts';
import type { Sql } from '../base/Postgres.ts';
import type { FigurePlace } from './counter.ts';

const iso = (moment: number): string => new Date(moment).toISOString();

/** FG14, FG15: why what is held of a batch is held. */
export async function writeDoubts(
  sql: Sql,
  { n }: FigurePlace,
  { doubted, whole }: { readonly doubted: readonly DoubtedCell[]; readonly whole?: BatchDecision['whole'] },
): Promise<void> {
  if (doubted.length > 0)
    await sql.query(
      `INSERT INTO figure_doubts (batch, indicator, period, unit, reason, beside)
       SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[])`,
      [
        n,
        doubted.map(({ indicator }) => indicator),
        doubted.map(({ period }) => iso(period)),
        doubted.map(({ unit }) => unit),
        doubted.map(({ reason }) => reason),
        doubted.map(({ beside }) => beside),
      ],
    );
  if (whole) await sql.query('INSERT INTO figure_batch_doubts (batch, reason) VALUES ($1, $2)', [n, whole]);
}

/** FG13, FG15: that a source has begun to speak of these periods. */
export async function writeWords(
  sql: Sql,
  source: string,
  { n, at }: FigurePlace,
  words: BatchDecision['words'],
): Promise<void> {
  await sql.query(
    `INSERT INTO figure_words (source, n, at, indicator, period, units)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::timestamptz[], $6::int[]) ON CONFLICT DO NOTHING`,
    [
      ...[source, n, at],
      words.map(({ indicator }) => indicator),
      words.map(({ period }) => iso(period)),
      words.map(({ units }) => units),
    ],
  );
}
