import { type DomainError, refuse, type Said } from '../../../protocol/errors.ts';
import type { FigureRow, RowError } from '../../../protocol/figureBatch.ts';
import { type NumberStyle, readDecimal } from '../../../protocol/figureValue.ts';
import { BATCH_ROWS, LONGEST_FIGURE } from '../../../protocol/limits.ts';
import { isKept } from '../../../protocol/text.ts';
import { atHeader } from '../atHeader.ts';
import { dayFirst } from '../formats/dayFirst.ts';
import { demandFew } from '../formats/demandFew.ts';
import { styleFault } from '../formats/rowFaults.ts';
import { isRow, rowOf } from '../formats/rowOf.ts';

/** A cell of a table that somebody has filled in: text, or what a workbook knows it is. */
export type UploadCell = string | number | boolean | Date | null;

export interface UploadRows {
  readonly rows: readonly FigureRow[];
  readonly unread: readonly RowError[];
}

const long = ['indicator', 'value', 'status'];
const AHEAD_MS = 7 * 3_600_000;

/**
 * FG73: a table with a header. Long: `unit`, `period`, `indicator`, `value` and `status` if wanted; wide: `unit`, `period` and a
 * column for each indicator, named by its code, of which an empty cell says nothing. `row` is the place in the file. Pure.
 * @throws DomainError `bad-request`, `too-large`
 */
export function uploadRows(table: readonly (readonly UploadCell[])[], style: NumberStyle): UploadRows {
  const names = (table[0] ?? []).map((cell) => String(cell ?? '').trim());
  demandHeader(names);
  const isWide = !names.includes('value');
  const column = (name: string) => names.indexOf(name);
  const rows: FigureRow[] = [];
  const unread: RowError[] = [];
  const add = (row: number, cells: readonly UploadCell[], indicator: UploadCell, value: UploadCell): void => {
    const status = isWide ? undefined : (cells[column('status')] ?? undefined);
    const said = saidIn(value, style);
    const found =
      said === undefined
        ? styleFault(style, value)
        : rowOf({
            ...{ row, indicator: textOf(indicator), unit: textOf(cells[column('unit')]) },
            ...{ period: periodText(cells[column('period')]), value: said, status },
          });
    const at = isWide ? headerOf(indicator) : {};
    if (isRow(found)) rows.push({ ...found, ...at });
    else unread.push(atHeader({ row, ...found }, at));
    demandFew(rows.length + unread.length, BATCH_ROWS);
  };
  for (const [i, cells] of table.entries()) {
    if (i === 0 || cells.every((cell) => cell === null || cell === '')) continue;
    if (!isWide) {
      add(i + 1, cells, cells[column('indicator')] ?? '', cells[column('value')] ?? '');
      continue;
    }
    for (const [at, name] of names.entries()) {
      const cell = cells[at] ?? '';
      if (name === '' || name === 'unit' || name === 'period' || cell === '') continue;
      add(i + 1, cells, name, cell === '-' ? null : cell);
    }
  }
  if (rows.length + unread.length === 0)
    throw refuse('bad-request', { vi: 'Tệp không có giá trị nào', en: 'the file has no values' });
  return { rows, unread };
}

const SAME_NAME: Said = { vi: 'Hai cột có cùng tên', en: 'two columns have the same name' };
const HALF_LONG: Said = {
  vi: 'Tệp phải có hai cột indicator và value, hoặc mỗi chỉ tiêu một cột',
  en: 'a file has the columns indicator and value, or a column for each indicator',
};
const lacking = (columns: string): DomainError =>
  refuse('bad-request', { vi: `Dòng tiêu đề thiếu cột ${columns}`, en: `the header lacks ${columns}` });

function strangeColumn(name: string): DomainError {
  const column = name.slice(0, LONGEST_FIGURE).toWellFormed();
  return refuse('bad-request', {
    vi: `Cột ${column} không có trong quy định`,
    en: `nobody knows the column ${column}`,
  });
}

function demandHeader(names: readonly string[]): void {
  const lacks = ['unit', 'period'].filter((name) => !names.includes(name));
  if (lacks.length > 0) throw lacking(lacks.join(', '));
  const named = names.filter((name) => name !== '');
  if (new Set(named).size < named.length) throw refuse('bad-request', SAME_NAME);
  const isLong = names.includes('value');
  if (isLong !== names.includes('indicator')) throw refuse('bad-request', HALF_LONG);
  const strange = named.filter((name) => isLong && ![...long, 'unit', 'period'].includes(name));
  if (strange.length > 0) throw strangeColumn(strange[0] ?? '');
}

/** What is too long for a code, or could not be kept, is refused as one, and told with that. */
const headerOf = (name: UploadCell): Pick<FigureRow, 'header'> =>
  typeof name === 'string' && name.length <= LONGEST_FIGURE && isKept(name) ? { header: name } : {};

/** A number where a code belongs has lost its zeros: it stays a number, which is refused. */
const textOf = (cell: UploadCell | undefined): unknown => (typeof cell === 'string' ? cell.trim() : (cell ?? ''));

/** A day of a workbook is one of Viet Nam; one with a time is a moment there. */
function periodText(cell: UploadCell | undefined): unknown {
  if (!(cell instanceof Date)) return dayFirst(textOf(cell));
  if (Number.isNaN(cell.getTime())) return '';
  const text = cell.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : new Date(cell.getTime() - AHEAD_MS).toISOString();
}

/** FG73: text by the declared style. @returns undefined: no number in it */
function saidIn(cell: UploadCell, style: NumberStyle): string | null | undefined {
  if (cell === null) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainText(cell) : undefined;
  if (typeof cell !== 'string') return undefined;
  return cell.trim() === '' ? '' : readDecimal(cell, style);
}

/** Fifteen digits, as a spreadsheet has them: 0.1 + 0.2 is 0.3 there. */
const plainText = (value: number): string => String(Number(value.toPrecision(15)));
