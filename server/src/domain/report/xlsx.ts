import { assertNever } from '../../lib/assertNever.ts';
import { vietNamWallMs } from '../../lib/vietNamTime.ts';
import { xmlText } from '../../lib/xmlText.ts';
import { zip } from '../../lib/zip.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Heading, Kind, Table, Value } from './table.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in `cellXfs` of the styles. */
const styles = { number: 0, text: 1, time: 2, date: 3, heading: 4 } as const;

/** What a sheet holds at most, with its header. */
const MOST_ROWS = 1_048_576;

/**
 * RP6: a workbook of one sheet (ECMA-376), written as its rows come. Texts stand in their cells, so that there is no
 * table of them to keep.
 * @throws DomainError `too-large`
 */
export async function* toXlsx(table: Table): AsyncGenerator<Buffer> {
  if (table.total >= MOST_ROWS) throw refuse('too-large', 'a sheet does not hold so many rows: take CSV');
  yield* zip([
    { name: '[Content_Types].xml', content: [part(contentTypes)] },
    { name: '_rels/.rels', content: [part(relations('officeDocument', 'xl/workbook.xml'))] },
    { name: 'xl/workbook.xml', content: [part(workbook(table.name))] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [part(relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml'))],
    },
    { name: 'xl/styles.xml', content: [part(stylesheet)] },
    { name: 'xl/worksheets/sheet1.xml', content: sheet(table) },
  ]);
}

const part = (xml: string): Buffer => Buffer.from(HEAD + xml);

const contentTypes =
  `<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

/** @param pairs kind and target, in turn */
function relations(...pairs: readonly string[]): string {
  let xml = `<Relationships xmlns="${PACKAGE}/relationships">`;
  for (let i = 0; i < pairs.length; i += 2)
    xml += `<Relationship Id="rId${i / 2 + 1}" Type="${OFFICE}/${pairs[i]}" Target="${pairs[i + 1]}"/>`;
  return `${xml}</Relationships>`;
}

/** Names of sheets have at most 31 characters, and some that they may not have. */
const workbook = (name: string): string =>
  `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="${cellText(name.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31))}" ` +
  'sheetId="1" r:id="rId1"/></sheets></workbook>';

const stylesheet =
  `<styleSheet xmlns="${SHEET}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>` +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">' +
  '<xf xfId="0"/>' +
  // 49 is the text format: what is typed into such a cell later is no formula either.
  '<xf xfId="0" numFmtId="49" applyNumberFormat="1"/>' +
  '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/>' +
  '<xf xfId="0" numFmtId="165" applyNumberFormat="1"/>' +
  '<xf xfId="0" numFmtId="49" applyNumberFormat="1" fontId="1" applyFont="1"/></cellXfs></styleSheet>';

async function* sheet({ columns, rows }: Table): AsyncGenerator<Buffer> {
  const names = columns.map((_, i) => letters(i + 1));
  yield part(
    `<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${columns.map(widthOf).join('')}</cols><sheetData>` +
      row(
        1,
        columns.map(({ title }, i) => inline(`${names[i]}1`, title, styles.heading)),
      ),
  );
  let nr = 1;
  const write = (values: readonly Value[]): string => {
    nr += 1;
    return row(
      nr,
      values.map((value, i) => cell(`${names[i]}${nr}`, value, columns[i]?.kind ?? 'text')),
    );
  };
  for await (const some of rows) yield Buffer.from(some.map(write).join(''));
  yield Buffer.from(`</sheetData><autoFilter ref="A1:${names.at(-1)}${nr}"/></worksheet>`);
}

const row = (nr: number, cells: readonly string[]): string => `<row r="${nr}">${cells.join('')}</row>`;

const widthOf = ({ width }: Heading, i: number): string =>
  `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;

function cell(place: string, value: Value, kind: Kind): string {
  if (value === null) return '';
  switch (kind) {
    case 'text':
      return inline(place, String(value), styles.text);
    case 'number':
      return plain(place, Number(value), styles.number);
    case 'time':
      return plain(place, serial(vietNamWallMs(String(value))), styles.time);
    case 'date':
      return plain(place, serial(Date.parse(String(value))), styles.date);
    default:
      return assertNever(kind);
  }
}

const plain = (place: string, value: number, style: number): string =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`;

const inline = (place: string, value: string, style: number): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(value.slice(0, LONGEST))}</t></is></c>`;

/** What a cell holds at most, in UTF-16 units. */
const LONGEST = 32_767;

/** Days since 1899-12-30, to the second. */
const serial = (wallMs: number): number => Math.floor(wallMs / 1000) / 86_400 + 25_569;

/** Name of a column, from 1: A to Z, then AA. */
const letters = (n: number): string =>
  (n > 26 ? letters(Math.floor((n - 1) / 26)) : '') + String.fromCharCode(65 + ((n - 1) % 26));

/** Takes out what XML 1.0 has no way to say; what looks like an escape of the format (ST_Xstring) is escaped itself. */
const cellText = (value: string): string => xmlText(value).replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
