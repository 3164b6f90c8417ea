import { assertNever } from '../../../lib/assertNever.ts';
import type { ReadFrame, ReadSeries } from '../../../protocol/figureReading.ts';
import { type Table, tableOf, textColumn } from '../../report/table.ts';
import { digits, type Line, linesOf, unweighedColumn } from './readingTable.ts';

/** Viet Nam's clock has no summer time. */
const AHEAD_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
/** Monday, 29 December 1969: weeks are counted from it. */
const MONDAY_MS = -3 * DAY_MS;

/** FG192: SDMX-CSV 2.0 of an answer: what the standard names, and then attributes of this server. */
export function sdmxTable(answer: ReadFrame | ReadSeries): Table {
  const { indicator, every, measure, asOf, simulated } = answer;
  const coverage = (title: string, of: 'expected' | 'held' | 'late' | 'contested' | 'stale' | 'none' | 'withheld') =>
    digits(title, (line) => (line.coverage ? (line.coverage[of] ?? 0) : null));
  const { total, rows } = linesOf(answer);
  const columns = [
    textColumn<Line>('STRUCTURE', 10, () => 'dataflow'),
    textColumn<Line>('STRUCTURE_ID', 20, () => 'DH:FIGURES(1.0)'),
    // I: information, which changes nothing where it is read.
    textColumn<Line>('ACTION', 6, () => 'I'),
    textColumn<Line>('FREQ', 6, () => FREQUENCIES[every]),
    textColumn<Line>('INDICATOR', 20, () => indicator),
    textColumn<Line>('REF_AREA', 10, (line) => line.unit),
    textColumn<Line>('TIME_PERIOD', 24, (line) => timePeriod(every, Date.parse(line.period.start))),
    digits('OBS_VALUE', (line) => line.value ?? 'NaN'),
    textColumn<Line>('OBS_STATUS', 6, (line) => (line.value === null ? 'O' : 'A')),
    textColumn<Line>('UNIT_MEASURE', 10, () => measure.en),
    textColumn<Line>('STATE', 10, (line) => line.state),
    coverage('EXPECTED', 'expected'),
    coverage('LATE', 'late'),
    coverage('STALE', 'stale'),
    coverage('NONE', 'none'),
    coverage('HELD', 'held'),
    coverage('CONTESTED', 'contested'),
    coverage('WITHHELD', 'withheld'),
    textColumn<Line>('AS_OF', 24, () => asOf.at),
    textColumn<Line>('SIMULATED', 6, () => String(simulated)),
    unweighedColumn('UNWEIGHED'),
  ];
  return tableOf(indicator, columns, { total, rows });
}

/** Codes of CL_FREQ; I: by the five minutes, for which the list has none of its own. */
const FREQUENCIES = { '5min': 'I', hour: 'H', day: 'D', week: 'W', month: 'M', once: 'N' } as const;

/** A period as SDMX writes it, by the clock in Viet Nam. */
function timePeriod(every: ReadFrame['every'], start: number): string {
  const there = new Date(start + AHEAD_MS);
  const text = there.toISOString();
  switch (every) {
    case '5min':
    case 'hour':
      return `${text.slice(0, 19)}+07:00`;
    case 'month':
      return text.slice(0, 7);
    case 'week': {
      const thursday = new Date(there.getTime() + 3 * DAY_MS);
      const fourth = Date.UTC(thursday.getUTCFullYear(), 0, 4);
      const first = Math.floor((fourth - MONDAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + MONDAY_MS;
      const week = Math.round((there.getTime() - first) / (7 * DAY_MS)) + 1;
      return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
    }
    case 'day':
    case 'once':
      return text.slice(0, 10);
    default:
      return assertNever(every);
  }
}
