import type { Language } from '../../../protocol/briefing.ts';
import type { FigureCoverage } from '../../../protocol/figure.ts';
import type { ReadFrame } from '../../../protocol/figureReading.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { type Column, type Table, tableOf, textColumn, timeColumn } from '../../report/table.ts';
import { wordsOfSelection } from '../selection/selectionWords.ts';
import { digits, type Line, linesOf, unweighedColumn } from './readingTable.ts';

const own = {
  vi: {
    ...{ name: 'Số liệu', reported: 'Đơn vị có số', expected: 'Đơn vị phải có số', asOf: 'Ghi lúc' },
    ...{ withheld: 'có số chờ xem lại, chưa tính', file: 'so-lieu' },
    unweighed: 'Đơn vị chưa rõ mẫu số hoặc trọng số',
  },
  en: {
    ...{ name: 'Figures', reported: 'Units with a value', expected: 'Units expected', asOf: 'Recorded' },
    ...{ withheld: 'its only value is held', file: 'figures' },
    unweighed: 'Units whose denominator or weight is not known',
  },
} as const;

interface TableNames {
  readonly language: Language;
  readonly nameOf: (code: UnitCode) => string;
}

/** FG203: a frame as people read it, a line a unit: what a map or a table shows, with its time and its coverage. */
export function frameTable(frame: ReadFrame, { language, nameOf }: TableNames): Table {
  const words = { ...wordsOfSelection[language], ...own[language] };
  const { asOf, measure, simulated } = frame;
  const above = (path: string): string => path.split('.').slice(1, -1).map(nameOf).join(', ');
  const columns: Column<Line>[] = [
    textColumn(words.code, 10, ({ unit }) => unit),
    textColumn(words.unit, 30, ({ name }) => name),
    textColumn(words.above, 30, ({ path }) => above(path)),
    textColumn(words.indicator, 30, () => frame.name[language]),
    timeColumn(words.period, ({ period }) => period.start),
    digits(words.value, ({ value }) => value),
    textColumn(words.measure, 12, () => measure[language]),
    textColumn(words.state, 24, ({ state }) => (state === 'withheld' ? words.withheld : words.states[state])),
    digits(words.reported, ({ coverage }) => (coverage ? reportedOf(coverage) : null)),
    digits(words.expected, ({ coverage }) => coverage?.expected ?? null),
    ...(frame.rows.some(({ unweighed }) => unweighed) ? [unweighedColumn(words.unweighed)] : []),
    timeColumn(words.until, ({ oldest }) => oldest),
    digits(words.n, () => asOf.n),
    timeColumn(words.asOf, () => asOf.at),
    ...(simulated ? [textColumn<Line>(words.origin, 20, () => words.simulated)] : []),
  ];
  return tableOf(words.name, columns, linesOf(frame));
}

/** Letters, digits and hyphens of ASCII, without an ending. */
export const frameFileName = ({ indicator, unit, asOf }: ReadFrame, language: Language): string =>
  `${own[language].file}-${indicator}-${unit}-${asOf.n}`;

/** FG10: units whose value counts. */
const reportedOf = ({ expected, stale, none }: FigureCoverage): number => expected - stale - none;
