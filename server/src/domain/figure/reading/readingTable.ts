import type { ReadFrame, ReadSeries, ReadValue } from '../../../protocol/figureReading.ts';
import { type Column, type Table, tableOf, textColumn } from '../../report/table.ts';

export interface Line extends ReadValue {
  readonly unit: string;
  readonly path: string;
  readonly name: string;
  readonly period: { readonly start: string; readonly end: string };
}

/** A number as it is written: text would be for a spreadsheet what somebody typed. */
export const digits = (title: string, of: (line: Line) => string | number | null): Column<Line> => ({
  ...{ title, kind: 'number', width: 12, of },
});

/** FG172: of a sum, units of which no denominator or weight is known. */
export const unweighedColumn = (title: string): Column<Line> =>
  digits(title, ({ coverage, unweighed = 0 }) => (coverage ? unweighed : null));

/** FG188, FG189: one line a value, each with its time and its coverage. */
export function readingTable(answer: ReadFrame | ReadSeries): Table {
  const { indicator, asOf, measure, simulated } = answer;
  const lines = linesOf(answer);
  const counted = (of: keyof NonNullable<ReadValue['coverage']>) =>
    digits(of, ({ coverage }) => (coverage ? (coverage[of] ?? 0) : null));
  const columns: Column<Line>[] = [
    textColumn('indicator', 20, () => indicator),
    textColumn('unit', 10, (line) => line.unit),
    textColumn('path', 20, (line) => line.path),
    textColumn('name', 30, (line) => line.name),
    textColumn('period_start', 24, (line) => line.period.start),
    textColumn('period_end', 24, (line) => line.period.end),
    digits('value', (line) => line.value),
    textColumn('measure', 10, () => measure.vi),
    textColumn('state', 10, (line) => line.state),
    ...(['expected', 'fresh', 'late', 'stale', 'none', 'held', 'contested', 'withheld'] as const).map(counted),
    textColumn('oldest', 24, (line) => line.oldest),
    digits('as_of_n', () => asOf.n),
    textColumn('as_of', 24, () => asOf.at),
    textColumn('simulated', 8, () => String(simulated)),
    unweighedColumn('unweighed'),
  ];
  return tableOf(indicator, columns, lines);
}

/** Of a frame its units, of a series its periods. */
export function linesOf(answer: ReadFrame | ReadSeries) {
  const lines: Line[] =
    'rows' in answer
      ? answer.rows.map((row) => ({ ...row, period: answer.period }))
      : answer.points.map((point) => ({ ...point, unit: answer.unit, path: answer.path, name: answer.unitName }));
  async function* rows() {
    for (let i = 0; i < lines.length; i += 500) yield lines.slice(i, i + 500);
  }
  return { total: lines.length, rows: rows() };
}
