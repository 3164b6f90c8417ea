import type { Table } from '../report/table.ts';

/** What a roster has, as a sheet: all of it text, so that a spreadsheet drops no zeros and an import takes it as it is. */
export function rosterTable([head = [], ...rows]: readonly (readonly string[])[]): Table {
  async function* all() {
    yield rows.map((row) => row.map((cell) => cell || null));
  }
  const columns = head.map((title) => ({ title, kind: 'text' as const, width: title === 'name' ? 36 : 16 }));
  return { name: 'Danh bạ', columns, total: rows.length, rows: all() };
}
