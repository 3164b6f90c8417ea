import type { CompletePeriod } from '../../../domain/figure/complete/CompletePeriods.ts';
import type { HookFact, PeriodFact } from '../../../domain/hook/ports.ts';
import { codeOf } from '../../../protocol/organisation.ts';
import { iso } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

type Filed = Pick<PeriodFact, 'at' | 'indicator' | 'period' | 'path'>;

/**
 * WH15: files the periods that nobody has filed, which are those that are to be told. Each is of the moment when it was due, or when the
 * last of its rows was recorded.
 */
export async function fileCompletions(sql: Sql, complete: readonly CompletePeriod[]): Promise<readonly HookFact[]> {
  if (complete.length === 0) return [];
  const moment = (at: number) => new Date(at).toISOString();
  const rows = complete.map(({ seenBy: _, simulated: _of, ...each }) => ({
    ...each,
    period: moment(each.period),
    own: moment(each.own),
    due: each.due === null ? null : moment(each.due),
  }));
  const filed = await sql.query<Filed>(
    `WITH found AS MATERIALIZED (
         SELECT * FROM jsonb_to_recordset($1) c (indicator text, period timestamptz, path text, because text, said int, expected int,
           n bigint, due timestamptz, part text, own timestamptz)
         WHERE NOT EXISTS (SELECT FROM figure_completions k WHERE (k.indicator, k.period, k.path) = (c.indicator, c.period, c.path)))
     INSERT INTO figure_completions (indicator, period, path, because, said, expected, n, at)
     SELECT f.indicator, f.period, f.path, f.because, f.said, f.expected, f.n, coalesce(greatest(f.due, b.at), clock_timestamp())
     FROM found f
       LEFT JOIN LATERAL (SELECT max(o.batch) AS n FROM observations o
         WHERE o.indicator = f.part AND o.period = f.own AND o.batch <= f.n) o ON true
       LEFT JOIN figure_batches b ON b.n = o.n
     ON CONFLICT DO NOTHING
     RETURNING indicator, ${iso('period')} AS period, path, ${iso('at')} AS at`,
    [JSON.stringify(rows)],
  );
  if (filed.length > 0) await forget(sql, complete);
  return filed.flatMap((row) => {
    const of = complete.find(
      ({ indicator, period, path }) =>
        indicator === row.indicator && moment(period) === row.period && path === row.path,
    );
    return of ? [factOf(row, of)] : [];
  });
}

const factOf = (row: Filed, { because, said, expected, n, simulated, seenBy }: CompletePeriod): PeriodFact => ({
  ...row,
  kind: 'figure.complete',
  because,
  said,
  expected,
  n,
  simulated,
  seenBy,
  event: `figure-complete-${row.indicator}-${codeOf(row.path)}-${row.period}`,
});

/** Of periods that no node looks at any more. */
async function forget(sql: Sql, complete: readonly CompletePeriod[]): Promise<void> {
  const oldest = complete.map(({ indicator, oldest: before }) => ({
    indicator,
    before: new Date(before).toISOString(),
  }));
  await sql.query(
    `DELETE FROM figure_completions k USING jsonb_to_recordset($1) o (indicator text, before timestamptz)
     WHERE k.indicator = o.indicator AND k.period < o.before`,
    [JSON.stringify(oldest)],
  );
}
