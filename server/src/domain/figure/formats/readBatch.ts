import { createHash } from 'node:crypto';
import { refuse, type Said } from '../../../protocol/errors.ts';
import type { FigureRow, RowError } from '../../../protocol/figureBatch.ts';
import { BATCH_ROWS } from '../../../protocol/limits.ts';
import { csvReader } from './csv.ts';
import { demandFew } from './demandFew.ts';
import { dhis2Reader } from './dhis2.ts';
import type { FormatReader, RowSink } from './FormatReader.ts';
import { ndjsonReader } from './ndjson.ts';
import { isRow, rowOf } from './rowOf.ts';
import { sdmxCsvReader } from './sdmxCsv.ts';
import { unpacked } from './unpacked.ts';

const NO_ROWS: Said = { vi: 'Lô không có dòng nào', en: 'the batch has no rows' };
const NOT_UTF8: Said = { vi: 'Lô không phải UTF-8', en: 'the batch is not UTF-8' };

/** What a batch may come as, by its content type. */
export const batchFormats = {
  'application/x-ndjson': ndjsonReader,
  'text/csv': csvReader,
  'application/vnd.sdmx.data+csv': sdmxCsvReader,
  'application/json': dhis2Reader,
} as const satisfies Record<string, (sink: RowSink) => FormatReader>;
export type BatchType = keyof typeof batchFormats;

/** A batch as it was sent. */
export interface ReadBatch {
  /** What has the form of a row, in the order of the file. */
  readonly rows: readonly FigureRow[];
  /** What has not. */
  readonly unread: readonly RowError[];
  /** SHA-256 of the text: packed or not, it is the same batch. */
  readonly hash: Buffer;
}

/**
 * Reads a batch piece by piece. A file that is not whole, or not of its format, is no batch at all.
 * @param hold counts unpacked bytes, and may refuse them (HT15)
 * @throws DomainError `bad-request`, `too-large`
 */
export async function readBatch(
  sent: AsyncIterable<Buffer>,
  type: BatchType,
  packed: boolean,
  hold?: (bytes: number) => void,
): Promise<ReadBatch> {
  const rows: FigureRow[] = [];
  const unread: RowError[] = [];
  const add = (found: FigureRow | RowError): void => {
    if ('reason' in found) unread.push(found);
    else rows.push(found);
    demandFew(rows.length + unread.length, BATCH_ROWS);
  };
  const hash = await readRows(unpacked(sent, packed, hold), type, BATCH_ROWS, add);
  if (rows.length + unread.length === 0) throw refuse('bad-request', NO_ROWS);
  return { rows, unread, hash };
}

/**
 * The rows of a file in their order. @param most that it may have @param readSome what was added by now may be used
 * @returns SHA-256 of its text @throws DomainError `bad-request`, `too-large`
 */
export async function readRows(
  bytes: AsyncIterable<Buffer>,
  type: BatchType,
  most: number,
  add: (found: FigureRow | RowError) => void,
  readSome: () => Promise<void> = async () => undefined,
): Promise<Buffer> {
  const reader = batchFormats[type]({
    most,
    row: (raw) => {
      const found = rowOf(raw);
      add(isRow(found) ? found : { row: raw.row, ...found });
    },
    bad: (row, fault) => add({ row, ...fault }),
  });
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const text = (piece?: Buffer): string => {
    try {
      return piece ? utf8.decode(piece, { stream: true }) : utf8.decode();
    } catch (error) {
      throw refuse('bad-request', NOT_UTF8, error);
    }
  };
  for await (const piece of bytes) {
    hash.update(piece);
    reader.read(text(piece));
    await readSome();
  }
  reader.read(text());
  reader.end();
  await readSome();
  return hash.digest();
}
