import { readSheet } from 'read-excel-file/node';
import { measuredZip } from '../../../lib/measuredZip.ts';
import { DomainError, type Problem, refuse } from '../../../protocol/errors.ts';
import type { NumberStyle } from '../../../protocol/figureValue.ts';
import { BATCH_ROWS, BATCH_UNPACKED_BYTES } from '../../../protocol/limits.ts';
import { CsvRecords } from '../formats/CsvRecords.ts';
import { type UploadCell, type UploadRows, uploadRows } from './uploadRows.ts';

export interface UploadFile {
  readonly bytes: Uint8Array;
  readonly format: 'csv' | 'xlsx';
  readonly style: NumberStyle;
}

/** FG73: of formulas the stored value. @returns what is wrong with the file, where it is none of its format */
export async function readUpload({ bytes, format, style }: UploadFile): Promise<UploadRows | Problem> {
  try {
    return uploadRows(format === 'csv' ? csvTable(bytes) : await sheetOf(Buffer.from(bytes)), style);
  } catch (error) {
    if (error instanceof DomainError) return error.toProblem();
    throw error;
  }
}

/** By commas, or by semicolons where the header has them: a Vietnamese Excel writes those. */
function csvTable(bytes: Uint8Array): readonly (readonly UploadCell[])[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse('bad-request', 'the file is no CSV in UTF-8', error);
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
  return table;
}

async function sheetOf(file: Buffer): Promise<readonly (readonly UploadCell[])[]> {
  let measured: Buffer;
  try {
    measured = measuredZip(file, BATCH_UNPACKED_BYTES);
  } catch (error) {
    if (error instanceof RangeError) throw refuse('too-large', 'the workbook unpacks to too much', error);
    throw refuse('bad-request', 'the file is no workbook', error);
  }
  try {
    return (await readSheet(measured)) as UploadCell[][];
  } catch (error) {
    throw refuse('bad-request', 'the file is no workbook', error);
  }
}
