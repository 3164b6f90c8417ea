import type { UploadFile } from '../../../src/domain/figure/upload/readUpload.ts';
import { zip } from '../../../src/lib/zip.ts';
import { numberStyles } from '../../../src/protocol/figureValue.ts';

/** A file that somebody hands in, of random bytes: a CSV, a workbook, or what stands in the only sheet of one. */
export async function hostileFile(data: Buffer): Promise<UploadFile> {
  const [first = 0] = data;
  const style = numberStyles[(first >> 2) % numberStyles.length] ?? 'vi';
  const rest = data.subarray(1);
  const kind = first % 3;
  if (kind === 0) return { bytes: rest, format: 'csv', style };
  return { bytes: kind === 1 ? rest : await workbookOf(rest), format: 'xlsx', style };
}

/** The least of a workbook around its sheet. */
export async function workbookOf(sheet: Buffer): Promise<Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const links = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const link = (kind: string, target: string) =>
    `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${office}/${kind}" Target="${target}"/></Relationships>`;
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': link('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': link('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': sheet,
  };
  const pieces: Buffer[] = [];
  for await (const piece of zip(
    Object.entries(files).map(([name, content]) => ({ name, content: [Buffer.from(content)] })),
  ))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** Files as people hand them in, behind the byte that says what they are. */
export const uploadedSeeds: readonly string[] = [
  '\x00unit,period,indicator,value,status\n"00001",2026-11-26,beds,"12,5",P\n2,2026-11,beds,,O\n',
  '\x03unit;period;beds;icu\n"00001";2026-11-26;12,5;-\n2;2026-W48;;7\n',
  `\x02<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${cell('A1', 'unit')}${cell('B1', 'period')}${cell('C1', 'beds')}</row><row r="2">${cell('A2', '00001')}${cell('B2', '2026-11-26')}<c r="C2"><v>12.5</v></c></row></sheetData></worksheet>`,
];
