import type { Observation } from '../../../domain/figure/facts.ts';
import { inTurns, type Slices, sliced } from '../../../lib/slices.ts';
import { jsonbTime } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

/** Rows that differ in unit and value alone. */
interface Run {
  readonly like: Observation;
  /** As elements of an array. */
  readonly units: string[];
  readonly values: (number | 'NULL')[];
}

/**
 * Of one batch, in one statement. An hour of a country is one run of units and values, which PostgreSQL reads in two
 * thirds of the time that it needs for rows of ten columns.
 * @param rows in their order: those of a period follow each other
 */
export async function writeObservations(sql: Sql, rows: readonly Observation[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const runs = await inTurns(runsOf(rows));
  const column = <K extends keyof Observation>(name: K) => runs.map(({ like }) => like[name]);
  const times = timesOf();
  await sql.query(
    `INSERT INTO observations (batch, source, indicator, period, revision, status, held, seen, unit, value)
     SELECT $1, $2, run.indicator, run.period, run.revision, run.status, run.held, run.seen, cell.unit, cell.value
     FROM unnest($3::text[], $4::timestamptz[], $5::int[], $6::text[], $7::bool[], $8::timestamptz[], $9::text[], $10::text[])
       AS run (indicator, period, revision, status, held, seen, units, vals),
       unnest(run.units::text[], run.vals::bigint[]) AS cell (unit, value)`,
    [
      ...[first.batch, first.source, column('indicator'), column('period').map(times), column('revision')],
      ...[column('status'), column('held'), column('seen').map((seen) => (seen === null ? null : times(seen)))],
      runs.map(({ units }) => `{${units.join()}}`),
      runs.map(({ values }) => `{${values.join()}}`),
    ],
  );
}

function* runsOf(rows: readonly Observation[]): Slices<Run[]> {
  const runs: Run[] = [];
  let run: Run | undefined;
  yield* sliced(rows, (row) => {
    if (!run || !isLike(run.like, row)) {
      run = { like: row, units: [], values: [] };
      runs.push(run);
    }
    run.units.push(quoted(row.unit));
    run.values.push(row.value ?? 'NULL');
  });
  return runs;
}

const isLike = (a: Observation, b: Observation): boolean =>
  a.period === b.period &&
  a.revision === b.revision &&
  a.held === b.held &&
  a.seen === b.seen &&
  a.status === b.status &&
  a.indicator === b.indicator;

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** As `to_jsonb` writes moments; a batch has thousands of the same. */
export function timesOf(): (moment: number) => string {
  const known = new Map<number, string>();
  return (moment) => {
    const text = known.get(moment) ?? jsonbTime(new Date(moment));
    known.set(moment, text);
    return text;
  };
}
