/**
 * A view of one table as PostgreSQL writes it from version 16 on: without the name of the table before the columns that it
 * selects.
 */
export function likeSixteen(text: string): string {
  const [whole, list = '', alias = ''] = /^ SELECT ([^()]*?)\n {3}FROM [\w.]+ (\w+)\n/.exec(text) ?? [];
  if (whole === undefined) return text;
  const columns = list.split(/,\s*/);
  if (!columns.every((column) => column.startsWith(`${alias}.`))) return text;
  const bare = columns.map((column) => column.slice(alias.length + 1)).join(',\n    ');
  return text.replace(list, () => bare);
}
