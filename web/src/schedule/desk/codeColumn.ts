type Cell = unknown;

const CODE = /^[a-z0-9][a-z0-9-]{0,31}$/i;
const HEADINGS = /^(mã|ma|code|mã đơn vị|ma don vi|mã xã|mã đvhc|unit code)$/i;

const textOf = (cell: Cell): string => (cell === null || cell === undefined ? '' : String(cell).trim());

/**
 * The cells of the column that holds codes, a cell a row so that rows keep their numbers: the one whose heading says so,
 * or else the one in which most cells have the form of a code. The heading itself becomes an empty cell. Pure.
 */
export function codeColumn(rows: readonly (readonly Cell[])[]): string[] {
  const width = Math.max(0, ...rows.slice(0, 50).map((row) => row.length));
  const headed = rows[0]?.findIndex((cell) => HEADINGS.test(textOf(cell))) ?? -1;
  const codes = (column: number) =>
    rows.filter((row) => CODE.test(textOf(row[column])) && /\d/.test(textOf(row[column])));
  const columns = Array.from({ length: width }, (_, i) => i);
  const best = columns.reduce((most, i) => (codes(i).length > codes(most).length ? i : most), 0);
  const column = headed >= 0 ? headed : best;
  return rows.map((row, i) => {
    const text = textOf(row[column]);
    return i === 0 && (headed >= 0 || !/\d/.test(text)) ? '' : text;
  });
}

/** Of the file that was chosen. @throws when it is neither a workbook nor text */
export async function cellsOf(file: File): Promise<string[]> {
  if (/\.(csv|txt)$/i.test(file.name)) {
    const lines = (await file.text()).replace(/^\uFEFF/, '').split(/\r?\n/);
    return codeColumn(lines.map((line) => line.split(/[;,\t]/).map((cell) => cell.replace(/^"|"$/g, ''))));
  }
  const { readSheet } = await import('read-excel-file/universal');
  return codeColumn(await readSheet(await file.arrayBuffer()));
}
