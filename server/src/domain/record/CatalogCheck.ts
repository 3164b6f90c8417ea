import { CATALOG_FORMAT, CATALOG_TABLE, type Catalog, catalogDifferences } from './catalog.ts';
import type { RecordLineOf } from './recordLine.ts';
import type { RecordRow } from './seal.ts';

/** Rows without a seal, as they were counted when the database was sealed first. */
type Unsealed = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

/** AU30, AU31: holds a database, or an export of it, against what its own record says of everything around the tables. */
export class CatalogCheck {
  #first: RecordRow | undefined;
  #last: RecordRow | undefined;
  /** Found otherwise, and accepted by nobody since. */
  #open: RecordRow[] = [];
  #found: Catalog | undefined;

  /** Rows come in the order of their seals. */
  row(row: RecordRow): void {
    if (row.chain !== 'system') return;
    if (row.act === 'differed') {
      this.#open.push(row);
      return;
    }
    this.#first ??= row;
    this.#last = row;
    if (row.act === 'accepted') this.#open = [];
  }

  catalog({ schema, local }: RecordLineOf<'catalog'>): void {
    this.#found = { schema, local };
  }

  /** AU32: what is wrong with the rows of a table that have no seal, by their number when the database was sealed first. */
  unsealed({ table, rows, hash }: RecordLineOf<'unsealed'>): string | undefined {
    if (!this.#first) return undefined;
    const then = ((this.#first.unsealed ?? {}) as Unsealed)[table];
    if (rows === (then?.rows ?? 0) && (then === undefined || hash === then.hash)) return undefined;
    const at = `when the database was sealed at ${this.#first.at} (seal ${this.#first.seal} of ${this.#first.chain})`;
    return then === undefined
      ? `${table}: ${rows} rows have no seal, and none had none ${at}`
      : `${table}: the ${rows} rows without a seal are not the ${then.rows} that had none ${at}`;
  }

  /** @param isCurrent whether the record has the tables of this program */
  close(isCurrent: boolean): readonly string[] {
    const found = this.#found;
    const open = this.#open.map(
      (row) =>
        `at ${row.at} the database was found to differ, and nobody has accepted that (dh audit accept): ${(row.differences as string[]).join('; ')}`,
    );
    if (!found || !isCurrent) return open;
    const last = this.#last;
    if (!last) return [`${CATALOG_TABLE}: no row says how the database was left by its migrations`, ...open];
    if (last.format !== CATALOG_FORMAT) return open;
    return [...catalogDifferences(last.parts as unknown as Catalog, found), ...open];
  }
}
