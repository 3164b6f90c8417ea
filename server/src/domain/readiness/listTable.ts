import type { Language } from '../../protocol/briefing.ts';
import type { ReadinessRow, ReadinessState } from '../../protocol/readiness.ts';
import {
  type Column,
  numberColumn,
  type Source,
  type Table,
  tableOf,
  textColumn,
  timeColumn,
} from '../report/table.ts';

interface ListWords {
  readonly name: string;
  readonly columns: readonly string[];
  readonly states: Readonly<Record<ReadinessState, string>>;
  readonly yes: string;
  readonly no: string;
}

/** RY5: whom to ring and why. */
export function listTable(language: Language, source: Source<ReadinessRow>): Table {
  const words = wordsIn[language];
  const title = (nr: number): string => words.columns[nr] ?? '';
  const said = (value: boolean | undefined) => (value === undefined ? null : value ? words.yes : words.no);
  const columns: Column<ReadinessRow>[] = [
    textColumn(title(0), 12, ({ unit }) => unit),
    textColumn(title(1), 32, ({ name }) => name),
    textColumn(title(2), 40, ({ above }) => above),
    textColumn(title(3), 22, ({ state }) => words.states[state]),
    textColumn(title(4), 28, ({ contact }) => contact?.name ?? null),
    textColumn(title(5), 18, ({ contact }) => contact?.telephone ?? null),
    timeColumn(title(6), ({ check }) => check?.at ?? null),
    textColumn(title(7), 10, ({ check }) => said(check?.camera)),
    textColumn(title(8), 10, ({ check }) => said(check?.microphone)),
    textColumn(title(9), 10, ({ check }) => said(check?.voice)),
    textColumn(title(10), 10, ({ check }) => said(check?.sound)),
    numberColumn(title(11), ({ check }) => check?.downKbps ?? null),
    numberColumn(title(12), ({ check }) => check?.upKbps ?? null),
    textColumn(title(13), 24, ({ check }) => check?.browser ?? null),
  ];
  return tableOf(words.name, columns, source);
}

const wordsIn: Readonly<Record<Language, ListWords>> = {
  vi: {
    name: 'Thử máy',
    columns: [
      ...[
        'Mã đơn vị',
        'Đơn vị',
        'Thuộc',
        'Tình trạng',
        'Người liên hệ',
        'Điện thoại',
        'Thử máy lúc',
        'Camera',
        'Micro',
      ],
      ...['Đã thử tiếng nói', 'Nghe được loa', 'Tải xuống (kbit/s)', 'Tải lên (kbit/s)', 'Trình duyệt'],
    ],
    states: { ready: 'Sẵn sàng', weak: 'Đường truyền yếu', lacking: 'Thiếu camera hoặc micro', never: 'Chưa thử máy' },
    yes: 'Có',
    no: 'Không',
  },
  en: {
    name: 'Device checks',
    columns: [
      ...['Code', 'Unit', 'Within', 'State', 'Contact', 'Telephone', 'Checked at', 'Camera', 'Microphone'],
      ...['Voice tested', 'Sound confirmed', 'Down (kbit/s)', 'Up (kbit/s)', 'Browser'],
    ],
    states: { ready: 'Ready', weak: 'Weak connection', lacking: 'No camera or microphone', never: 'Not checked' },
    yes: 'Yes',
    no: 'No',
  },
};

/** Beginning of the file's name. */
export const listFile: Readonly<Record<Language, string>> = { vi: 'thu-may', en: 'device-checks' };
