import { refuse, type Said } from '../../../protocol/errors.ts';
import { CsvRecords, endMissing, lacksItsEnd } from './CsvRecords.ts';
import type { FormatReader } from './FormatReader.ts';
import { fieldsFault, type RowFault } from './rowFaults.ts';

/** A record by the names of its columns, in the form in which the header was told. */
export type Cells = (column: string) => string | undefined;

export interface TableSink {
  readonly most: number;
  /** Names of the header, trimmed. @throws DomainError `bad-request` when they are not those that are needed */
  header(names: readonly string[]): void;
  cells(row: number, cells: Cells): void;
  bad(row: number, fault: RowFault): void;
}

/** CSV whose first record names its columns. */
export function csvTable(sink: TableSink): FormatReader {
  let columns: Map<string, number> | undefined;
  let lastRow: readonly string[] | undefined;
  const records = new CsvRecords(sink.most, (fields, row) => {
    if (columns) lastRow = fields;
    if (!columns) columns = headerOf(sink, fields);
    else if (fields.length !== columns.size) sink.bad(row, fieldsFault(fields.length, columns.size));
    else {
      const places = columns;
      sink.cells(row, (column) => fields[places.get(column) ?? -1]?.trim());
    }
  });
  let last = '';
  return {
    read: (text) => {
      last = text.at(-1) ?? last;
      records.read(text);
    },
    end: () => {
      records.end();
      if (!columns) throw refuse('bad-request', { vi: 'Tệp CSV trống', en: 'the CSV is empty' });
      if (lastRow && last !== '\n' && lacksItsEnd(lastRow, [...columns.keys()])) throw endMissing();
    },
  };
}

function headerOf(sink: TableSink, fields: readonly string[]): Map<string, number> {
  const names = fields.map((field) => field.trim());
  const [first = ''] = names;
  const foreign = names.length === 1 ? /[;\t]/.exec(first)?.[0] : undefined;
  if (foreign) throw refuse('bad-request', separated(foreign === ';'));
  const columns = new Map(names.map((name, i) => [name, i]));
  if (columns.size < names.length)
    throw refuse('bad-request', {
      vi: 'Tệp CSV có hai cột cùng tên',
      en: 'two columns of the CSV have the same name',
    });
  sink.header(names);
  return columns;
}

const separated = (bySemicolons: boolean): Said => ({
  vi:
    `Các cột được ngăn bằng ${bySemicolons ? 'dấu chấm phẩy' : 'dấu tab'}, trong khi phải ngăn bằng dấu phẩy: Excel tiếng Việt ghi dấu chấm ` +
    'phẩy và viết số thập phân bằng dấu phẩy; hãy lưu lại với dấu ngăn cách danh sách "," hoặc gửi bằng Power Query',
  en:
    `columns are separated by ${bySemicolons ? 'semicolons' : 'tabs'}, and must be by commas: Excel in Vietnamese ` +
    'writes semicolons, and numbers with a comma; save it with the list separator "," or send it by Power Query',
});
