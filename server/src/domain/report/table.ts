import { VIET_NAM_ZONE } from '../../lib/vietNamTime.ts';

/** What a column holds. time: an ISO moment, shown by the clock in Viet Nam. date: an ISO date. */
export type Kind = 'text' | 'number' | 'time' | 'date';
/** null: an empty cell. */
export type Value = string | number | null;
export type Row = readonly Value[];

export interface Heading {
  readonly title: string;
  readonly kind: Kind;
  /** In characters. */
  readonly width: number;
}

export interface Column<R> extends Heading {
  of(row: R): Value;
}

/** What a report says, before it has a format. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Heading[];
  /** Rows to come. */
  readonly total: number;
  /** In order, some hundreds at a time. */
  readonly rows: AsyncIterable<readonly Row[]>;
}

/** Columns of times name their zone. */
export function tableOf<R>(name: string, columns: readonly Column<R>[], source: Source<R>): Table {
  async function* rows(): AsyncGenerator<readonly Row[]> {
    for await (const some of source.rows) yield some.map((row) => columns.map((column) => column.of(row)));
  }
  const headings = columns.map(({ title, kind, width }) => {
    return { title: kind === 'time' ? `${title} (${VIET_NAM_ZONE})` : title, kind, width };
  });
  return { name, columns: headings, total: source.total, rows: rows() };
}

/** Where rows come from. */
export interface Source<R> {
  readonly total: number;
  readonly rows: AsyncIterable<readonly R[]>;
}

export const textColumn = <R>(title: string, width: number, of: (row: R) => string | null): Column<R> => {
  return { title, kind: 'text', width, of };
};
export const numberColumn = <R>(title: string, of: (row: R) => number | null): Column<R> => {
  return { title, kind: 'number', width: 10, of };
};
export const timeColumn = <R>(title: string, of: (row: R) => string | null): Column<R> => {
  return { title, kind: 'time', width: 20, of };
};
export const dateColumn = <R>(title: string, of: (row: R) => string | null): Column<R> => {
  return { title, kind: 'date', width: 12, of };
};
