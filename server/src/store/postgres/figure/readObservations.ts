import type { Observation } from '../../../domain/figure/facts.ts';
import type { FigureSpan } from '../../../domain/figure/ports.ts';
import { ms } from '../base/columns.ts';
import type { Sql } from '../base/Postgres.ts';

/** All rows of a period, column by column: lists in one order, joined by commas, which no code has. */
interface PeriodRows {
  readonly period: number;
  readonly units: string;
  /** Nothing between two commas: the source says that there is none. */
  readonly values: string;
  /** What neighbours mostly have in common: batch, source, revision, status, held, and seen, where it is known. */
  readonly rests: string;
}

type Rest = Pick<Observation, 'batch' | 'source' | 'revision' | 'status' | 'held' | 'seen'>;

/**
 * In the order in which they were recorded. Read row by row, each of the ten columns of each would be a text of its own. Rows are
 * gathered by their period alone, since PostgreSQL would sort them by anything more.
 */
export async function readObservations(
  sql: Sql,
  indicator: string,
  { from, to, after = 0, until }: FigureSpan,
): Promise<Observation[]> {
  const periods = await sql.query<PeriodRows & Record<string, unknown>>(
    `SELECT ${ms('observations.period')} AS period, string_agg(unit, ',') AS units,
       string_agg(coalesce(value::text, ''), ',') AS values,
       string_agg(concat_ws(' ', batch, source, revision, status, held, ${ms('seen')}), ',') AS rests
     FROM observations WHERE indicator = $1 AND period BETWEEN $2 AND $3 AND batch > $4 AND batch <= $5
     GROUP BY observations.period`,
    [indicator, new Date(from), new Date(to), after, until],
  );
  const restOf = restsOf();
  const rows = periods.flatMap(({ period, ...of }) => {
    const [values, rests] = [of.values.split(','), of.rests.split(',')];
    return of.units.split(',').map((unit, i): Observation => {
      const text = values[i] ?? '';
      const value = text === '' ? null : Number(text);
      const { batch, source, revision, status, held, seen } = restOf(rests[i] ?? '');
      return { indicator, period, unit, source, revision, batch, value, status, held, seen };
    });
  });
  return rows.sort((a, b) => a.batch - b.batch);
}

/** Thousands of rows have the same. */
function restsOf(): (text: string) => Rest {
  const known = new Map<string, Rest>();
  return (text) => {
    const found = known.get(text) ?? restIn(text);
    known.set(text, found);
    return found;
  };
}

function restIn(text: string): Rest {
  const [batch, source = '', revision, status, held, seen] = text.split(' ');
  return {
    ...{ batch: Number(batch), source, revision: Number(revision), status: status as Rest['status'] },
    ...{ held: held === 't', seen: seen === undefined ? null : Number(seen) },
  };
}
