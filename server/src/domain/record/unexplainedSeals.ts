import { CatalogCheck } from './CatalogCheck.ts';
import { CATALOG_TABLE } from './catalog.ts';
import type { RecordRow } from './seal.ts';

/** AU30: what was sealed as good around the tables, and nothing on record explains. @param rows of `catalog_seals` and `restores`, in the order of their seals */
export function unexplainedSeals(
  rows: Iterable<{ readonly table: string; readonly row: RecordRow }>,
): readonly string[] {
  const check = new CatalogCheck();
  for (const { table, row } of rows)
    if (table === CATALOG_TABLE) check.row(row);
    else check.restored(row);
  return check.unexplained;
}
