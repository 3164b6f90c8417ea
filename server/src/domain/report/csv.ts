import { assertNever } from '../../lib/assertNever.ts';
import { vietNamTime } from '../../lib/vietNamTime.ts';
import type { Kind, Table, Value } from './table.ts';

/** By it, spreadsheets know UTF-8. */
const BOM = '\uFEFF';

/** RP5: RFC 4180 with a header line, in UTF-8 with a byte order mark. */
export async function* toCsv({ columns, rows }: Table): AsyncGenerator<Buffer> {
  yield Buffer.from(BOM + line(columns.map(({ title }) => quote(harmless(title)))));
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
      return quote(harmless(String(value)));
    default:
      return assertNever(kind);
  }
}

/**
 * What a spreadsheet would take for a formula (a text that begins with one of these, also in full width) is made a text
 * by an apostrophe, as OWASP's page on CSV injection has it.
 */
const harmless = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
