import { assertNever } from '../../lib/assertNever.ts';
import { withoutFormulas } from '../../lib/formulas.ts';
import { vietNamTime } from '../../lib/vietNamTime.ts';
import type { Kind, Table, Value } from './table.ts';

/** By it, spreadsheets know UTF-8. */
const BOM = '\uFEFF';

/** RP5: RFC 4180 with a header line, in UTF-8 with a byte order mark. @param mark '' for programs that take none */
export async function* toCsv({ columns, rows }: Table, mark: string = BOM): AsyncGenerator<Buffer> {
  yield Buffer.from(mark + line(columns.map(({ title }) => quote(withoutFormulas(title)))));
  for await (const some of rows)
    yield Buffer.from(
      some.map((row) => line(row.map((value, i) => field(value, columns[i]?.kind ?? 'text')))).join(''),
    );
}

const line = (fields: readonly string[]): string => `${fields.join(',')}\r\n`;

function field(value: Value, kind: Kind): string {
  if (value === null) return '';
  switch (kind) {
    case 'number':
      return String(value);
    case 'time':
      return vietNamTime(String(value));
    case 'date':
      return String(value);
    case 'text':
      return quote(withoutFormulas(String(value)));
    default:
      return assertNever(kind);
  }
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
