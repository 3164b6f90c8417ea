import { readSheet } from 'read-excel-file/node';
import { measuredZip } from '../../lib/measuredZip.ts';
import type { Tier } from '../../protocol/organisation.ts';
import { planRoster } from './planRoster.ts';
import { type RosterChange, type RosterError, type RosterNow, RosterRefused, type RosterRow } from './roster.ts';
import { type RosterRecord, readCsv, readRoster, readTiers } from './rosterCsv.ts';
import { planHash, type RosterDifference, rosterDifference } from './rosterDifference.ts';

export interface RosterFile {
  readonly bytes: Uint8Array;
  /** CSV, or a workbook of which the first sheet counts. */
  readonly format: 'csv' | 'xlsx';
  readonly what: 'roster' | 'tiers';
}

export interface Planned extends RosterDifference {
  readonly change: RosterChange;
  readonly hash: string;
}
export type PlannedOrNot = Planned | { readonly errors: readonly RosterError[] };

/** IM1: reads a file and says what it would do to the tree, or all that is wrong with it. */
export async function planFile(file: RosterFile, now: RosterNow): Promise<PlannedOrNot> {
  try {
    const { tiers, rows } = await read(file);
    const change = planRoster(now, tiers, rows);
    return { change, hash: planHash(change), ...rosterDifference(now, change) };
  } catch (error) {
    if (error instanceof RosterRefused) return { errors: error.errors };
    throw error;
  }
}

async function read(file: RosterFile): Promise<{ tiers: readonly Tier[]; rows: readonly RosterRow[] }> {
  const records = file.format === 'csv' ? readCsv(textOf(file.bytes)) : await readWorkbook(file.bytes);
  return file.what === 'tiers' ? { tiers: readTiers(records), rows: [] } : { tiers: [], rows: readRoster(records) };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RosterRefused([{ line: 0, why: 'unreadable', message: 'the file is no CSV in UTF-8' }]);
  }
}

/** Columns in which a number is one; elsewhere a spreadsheet has dropped the zeros before it. */
const NUMBERS = new Set(['rank']);

/** A workbook may be a thousand times as large as its file. */
const MOST_UNPACKED = 256 * 1024 * 1024;

async function sheetOf(file: Buffer) {
  return readSheet(measuredZip(file, MOST_UNPACKED));
}

async function readWorkbook(bytes: Uint8Array): Promise<readonly RosterRecord[]> {
  const rows = await sheetOf(Buffer.from(bytes)).catch(() => undefined);
  if (!rows) throw new RosterRefused([{ line: 0, why: 'unreadable', message: 'the file is no workbook' }]);
  const names = (rows[0] ?? []).map((cell) =>
    String(cell ?? '')
      .trim()
      .toLowerCase(),
  );
  const width = names.findLastIndex((name) => name !== '') + 1;
  const errors: RosterError[] = [];
  const records = rows.map((row, i) => ({
    line: i + 1,
    fields: Array.from({ length: width }, (_, at): string => {
      const cell: unknown = row[at];
      if (cell === null || cell === undefined) return '';
      if (cell instanceof Date) return cell.toISOString().slice(0, 10);
      if (typeof cell === 'number' && !NUMBERS.has(names[at] ?? ''))
        errors.push({
          ...{ line: i + 1, why: 'numeric', about: names[at] ?? '' },
          message: `${names[at]}: a number, whose first zeros are lost: make the column text`,
        });
      return String(cell);
    }),
  }));
  if (errors.length > 0) throw new RosterRefused(errors);
  return records.filter(({ fields }) => fields.some((field) => field !== ''));
}
