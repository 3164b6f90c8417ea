import type { Observation } from '../../../domain/figure/facts.ts';
import { type Slices, sliced } from '../../../lib/slices.ts';
import { ms } from '../base/columns.ts';

/** The columns of a row, wherever it lies. */
export const OBSERVED = 'period, batch, value, seen, revision, held, indicator, unit, source, status';

/** All rows of a period, column by column: lists in one order, joined by commas, which no code has. */
export interface PeriodRows {
  readonly period: number;
  readonly units: string;
  /** Nothing between two commas: the source says that there is none. */
  readonly values: string;
  /** What neighbours mostly have in common: batch, source, revision, status, held, and seen, where it is known. */
  readonly rests: string;
}

type Rest = Pick<Observation, 'batch' | 'source' | 'revision' | 'status' | 'held' | 'seen'>;

/** The columns of rows that are gathered by their period. @param order of the rows, where it matters */
export const periodColumns = (order = ''): string =>
  `string_agg(unit, ','${order}) AS units, string_agg(coalesce(value::text, ''), ','${order}) AS values,
   string_agg(concat_ws(' ', batch, source, revision, status, held, ${ms('seen')}), ','${order}) AS rests`;

/** @returns of each period its rows, in the order in which they were gathered, which take a while */
export function periodReader(indicator: string): (of: PeriodRows) => Slices<Observation[]> {
  const restOf = restsOf();
  return function* ({ period, ...of }) {
    const [units, values, rests] = [of.units.split(','), of.values.split(','), of.rests.split(',')];
    yield;
    const rows: Observation[] = [];
    yield* sliced(units, (unit) => {
      const text = values[rows.length] ?? '';
      const value = text === '' ? null : Number(text);
      const { batch, source, revision, status, held, seen } = restOf(rests[rows.length] ?? '');
      rows.push({ indicator, period, unit, source, revision, batch, value, status, held, seen });
    });
    return rows;
  };
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
