import { readSheet } from 'read-excel-file/node';
import { measuredZip } from '../../../lib/measuredZip.ts';
import { DomainError, type Reason, refuse, type Said } from '../../../protocol/errors.ts';
import type { NumberStyle } from '../../../protocol/figureValue.ts';
import { BATCH_ROWS, BATCH_UNPACKED_BYTES } from '../../../protocol/limits.ts';
import { CsvRecords, endMissing, lacksItsEnd } from '../formats/CsvRecords.ts';
import { type UploadCell, type UploadRows, uploadRows } from './uploadRows.ts';

export interface UploadFile {
  readonly bytes: Uint8Array;
  readonly format: 'csv' | 'xlsx';
  readonly style: NumberStyle;
}

/** Why a file was not read. It crosses a thread. */
export interface UnreadUpload {
  readonly error: { readonly reason: Reason; readonly message: string | Said };
}

const NO_CSV: Said = { vi: 'Tệp không phải CSV ở dạng UTF-8', en: 'the file is no CSV in UTF-8' };
const NO_WORKBOOK: Said = { vi: 'Tệp không phải là một bảng tính XLSX', en: 'the file is no workbook' };
const TOO_MUCH: Said = { vi: 'Bảng tính sau khi giải nén quá lớn', en: 'the workbook unpacks to too much' };

/** FG73: of formulas the stored value. @returns what is wrong with the file, where it is none of its format */
export async function readUpload({ bytes, format, style }: UploadFile): Promise<UploadRows | UnreadUpload> {
  try {
    return uploadRows(format === 'csv' ? csvTable(bytes) : await sheetOf(Buffer.from(bytes)), style);
  } catch (error) {
    if (error instanceof DomainError) return { error: { reason: error.reason, message: error.said ?? error.message } };
    throw error;
  }
}

/** By commas, or by semicolons where the header has them: a Vietnamese Excel writes those. */
function csvTable(bytes: Uint8Array): readonly (readonly UploadCell[])[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse('bad-request', NO_CSV, error);
  }
  const header = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const table: string[][] = [];
  const records = new CsvRecords(
    BATCH_ROWS,
    (fields, record) => {
      // Empty records keep their place.
      while (table.length < record - 1) table.push([]);
      table.push(fields.map((field) => field.trim()));
    },
    header.includes(';') ? ';' : ',',
  );
  records.read(text);
  records.end();
  const [names = []] = table;
  const last = table.length > 1 ? table.at(-1) : undefined;
  if (last && !text.endsWith('\n') && lacksItsEnd(last, names)) throw endMissing();
  return table;
}

async function sheetOf(file: Buffer): Promise<readonly (readonly UploadCell[])[]> {
  let measured: Buffer;
  try {
    measured = measuredZip(file, BATCH_UNPACKED_BYTES, demandNear);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (error instanceof RangeError) throw refuse('too-large', TOO_MUCH, error);
    throw refuse('bad-request', NO_WORKBOOK, error);
  }
  try {
    return (await readSheet(measured)) as UploadCell[][];
  } catch (error) {
    throw refuse('bad-request', NO_WORKBOOK, error);
  }
}

/** Of a row or a cell in reach of anybody who fills in a table. */
const NEAR = /^[A-Z]{0,2}(\d{1,6})$/;

/**
 * A reader fills up to the row and column that a sheet names last: one empty row of number 99,999,999 would take all the
 * memory there is. @throws DomainError `too-large`
 */
function demandNear(name: string, content: Buffer): void {
  if (!name.includes('worksheets/')) return;
  for (const [, , place = ''] of content.toString('latin1').matchAll(/\sr\s*=\s*(["'])(.*?)\1/gs))
    if (Number(NEAR.exec(place)?.[1] ?? Number.POSITIVE_INFINITY) > BATCH_ROWS + 1)
      throw refuse('too-large', {
        vi: `Trang tính kéo dài đến ô ${place.slice(0, 20)}: hãy xoá phần trống bên dưới và bên cạnh bảng`,
        en: `the sheet reaches to ${place.slice(0, 20)}: remove what is empty below and beside the table`,
      });
}
