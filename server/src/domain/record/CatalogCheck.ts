import { CATALOG_FORMAT, type Catalog, catalogDifferences, resealed } from './catalog.ts';
import type { RecordLineOf } from './recordLine.ts';
import type { RecordRow } from './seal.ts';

/** Rows without a seal, as they were counted when the database was sealed first. */
type Unsealed = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

/** What somebody accepted, as the record says it. */
export interface Accepted {
  readonly at: string;
  readonly why: string;
  readonly differences: readonly string[];
}

const partsOf = (row: RecordRow): Catalog => row.parts as unknown as Catalog;
const wordsOf = (row: RecordRow): readonly string[] => (row.differences ?? []) as readonly string[];

/** AU30, AU31: holds a database, or an export of it, against what its own record says of everything around the tables. */
export class CatalogCheck {
  readonly accepted: Accepted[] = [];
  /** Sealed as good without a reason, and accepted by nobody since. */
  #problems: string[] = [];
  #first: RecordRow | undefined;
  #last: RecordRow | undefined;
  /** Found otherwise, and accepted by nobody since. */
  #open: RecordRow[] = [];
  #found: Catalog | undefined;

  /** Rows come in the order of their seals. */
  row(row: RecordRow): void {
    if (row.chain !== 'system') return;
    const before = this.#last;
    if (row.act === 'differed') this.#open.push(row);
    else {
      this.#first ??= row;
      this.#last = row;
    }
    if (row.act === 'accepted') {
      this.#open = [];
      this.#problems = [];
      this.accepted.push({ at: String(row.at), why: String(row.why), differences: wordsOf(row) });
    }
    if (row.act === 'sealed' && before && before.version === row.version && before.format === row.format)
      for (const words of resealed(partsOf(before), partsOf(row), String(row.why)))
        this.#problems.push(`at ${row.at} it was sealed as good, with no migration and accepted by nobody: ${words}`);
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

  /** @param version the newest migration of this program, when the record has all of them */
  close(version: string | undefined): readonly string[] {
    const open = this.#open.map(
      (row) =>
        `at ${row.at} the database was found to differ, and nobody has accepted that (dh audit accept): ${wordsOf(row).join('; ')}`,
    );
    const told = [...this.#problems, ...open];
    const found = this.#found;
    if (version === undefined) return told;
    const last = this.#last;
    if (!last) return ['catalog_seals: no row says how the database was left by its migrations', ...told];
    if (last.version !== version || last.format !== CATALOG_FORMAT)
      return [
        `catalog_seals: its newest row is of ${last.version}, format ${last.format}, and not of ${version}`,
        ...told,
      ];
    return found ? [...catalogDifferences(partsOf(last), found), ...told] : told;
  }
}
