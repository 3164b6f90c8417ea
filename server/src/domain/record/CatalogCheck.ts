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
  /** Seal of the last restore that passed over numbers. */
  #restored: number | undefined;

  /** What was sealed as good though neither a migration nor a restore had changed it, or was accepted without being named. */
  get unexplained(): readonly string[] {
    return this.#problems;
  }

  /** A row of `restores`, before those of `catalog_seals` that follow it. */
  restored(row: RecordRow): void {
    if (row.chain === 'system' && Number(row.seals) > 0) this.#restored = Number(row.seal);
  }

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
    if (row.act !== 'differed' && before) this.#follows(row, before);
  }

  /** What a row seals is what the one before it sealed, but for what a migration, a restore or a person has changed. */
  #follows(row: RecordRow, before: RecordRow): void {
    const [version, then] = [String(row.version), String(before.version)];
    if (version < then || (version === then && Number(row.format) < Number(before.format)))
      this.#problems.push(
        `catalog_seals: the row under seal ${row.seal} is of ${version}, format ${row.format}, after one of ${then}, format ${before.format}: neither goes back`,
      );
    if (version !== then || row.format !== before.format) return;
    const isForged = row.why === 'restore' && this.#restored !== Number(row.seal) - 1;
    const why = row.act === 'accepted' ? 'accepted' : isForged ? 'no restore' : String(row.why);
    const named = wordsOf(row);
    for (const part of resealed(partsOf(before), partsOf(row), why))
      if (row.act === 'sealed')
        this.#problems.push(
          `at ${row.at} it was sealed as good, with no migration and accepted by nobody: ${part} was sealed otherwise before`,
        );
      else if (!named.some((words) => words.startsWith(`${part}: `)))
        this.#problems.push(`at ${row.at} it was accepted without being named: ${part} was sealed otherwise before`);
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
