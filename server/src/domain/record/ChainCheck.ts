import { checkSeal, type Last, type PlacedRow } from './checkSeal.ts';
import { isUnread } from './isUnread.ts';
import type { RecordTable, Witness } from './ports.ts';
import type { RecordLineOf } from './recordLine.ts';
import { RowsHash } from './rowsHash.ts';
import { NO_SEAL, type RecordRow, recordHash } from './seal.ts';
import { differing, type Judged, judgeRow, type ReceiptVerdict, type RestoreFact, restoreOf } from './verdict.ts';

export interface ChainOptions {
  readonly head: RecordLineOf<'chain'>;
  readonly tables: ReadonlyMap<string, RecordTable>;
  /** Columns of the key of each official table. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly hasContent: (name: string) => boolean;
  /** Those who have seen seals of this chain. */
  readonly witnesses: readonly Witness[];
  /** FG111 */
  readonly since?: string | undefined;
}

/** Follows one chain from its first seal, and stops to look at the first broken link. */
export class ChainCheck {
  readonly #o: ChainOptions;
  #last: Last = { nr: 0, hash: NO_SEAL };
  /** Of the last seal. */
  #at: string | undefined;
  #seal: RecordLineOf<'seal'> | undefined;
  #rows: PlacedRow[] = [];
  #covers: { readonly of: PlacedRow; readonly hashes: ReadonlyMap<string, RowsHash> } | undefined;
  /** Found beside the seal that is read; told when the seal itself is in order. */
  #beside: string | undefined;
  #problem: string | undefined;
  /** Of the witnesses so far. */
  readonly #verdicts = new Map<Witness, ReceiptVerdict>();
  /** AU16: numbers that a restore passed over. */
  readonly #passed: { readonly from: number; readonly to: number; readonly restore: RestoreFact }[] = [];

  constructor(options: ChainOptions) {
    this.#o = options;
  }

  get chain(): string {
    return this.#o.head.chain;
  }

  get last(): Last {
    return this.#last;
  }

  seal(line: RecordLineOf<'seal'>): void {
    this.#endSeal();
    this.#needHead(`seal ${line.nr}`);
    if (line.chain !== this.chain) this.#fail(`seal ${line.nr} says that it is of ${line.chain}`);
    this.#seal = line;
    for (const witness of this.#o.witnesses) {
      if (witness.nr !== line.nr || witness.hash === line.hash) continue;
      this.#verdicts.set(witness, { kind: 'other-seal' });
      this.#fail(`seal ${line.nr} is another than the one that ${witness.source} has seen`);
    }
  }

  row(table: string, row: RecordRow): void {
    this.#endCovers();
    const official = this.#o.tables.get(table);
    const name = nameOf(table, row, this.#o.keys.get(table) ?? []);
    this.#needHead(name);
    if (!official) {
      this.#fail(`${name}: ${table} is no official table`);
      return;
    }
    if (Number(row.seal) !== this.#seal?.nr) {
      this.#fail(`${name} stands under seal ${row.seal}, which is gone or never was`);
      return;
    }
    const placed: PlacedRow = { table, name, row, hash: recordHash(table, row) };
    this.#rows.push(placed);
    this.#covers = { of: placed, hashes: new Map(official.covers?.map((c) => [c.column, new RowsHash()])) };
    for (const content of contentsOf(official, row))
      if (!this.#o.hasContent(content)) this.#beside ??= `${name} speaks of the content ${content}, which is gone`;
  }

  covered(column: string, row: RecordRow): void {
    this.#covers?.hashes.get(column)?.add(row);
  }

  /** @returns the first broken link, in plain words */
  close(): string | undefined {
    this.#endSeal();
    const { head } = this.#o.head;
    if (head && (head.nr !== this.#last.nr || head.hash !== this.#last.hash))
      this.#fail(
        head.nr > this.#last.nr
          ? `it ends with seal ${this.#last.nr}, while chains says ${head.nr}: the newest seals are gone`
          : `chains says that seal ${head.nr} is the last, with a hash that is not that of seal ${this.#last.nr}, which is`,
      );
    for (const witness of this.#o.witnesses) if (!this.#verdicts.has(witness)) this.#judgeUnseen(witness);
    return this.#problem;
  }

  /** AU21, after `close`. */
  get judged(): readonly Judged[] {
    return [...this.#verdicts].map(([witness, verdict]) => ({ witness, verdict }));
  }

  #judgeUnseen(witness: Witness): void {
    const { nr, source } = witness;
    const passed = this.#passed.find(({ from, to }) => from <= nr && nr <= to);
    if (passed) this.#verdicts.set(witness, { kind: 'lost', restore: passed.restore });
    else if (nr < this.#last.nr) {
      this.#verdicts.set(witness, { kind: 'seal-gone' });
      this.#fail(`there is no seal ${nr}, which ${source} has seen`);
    } else {
      this.#verdicts.set(witness, { kind: 'cut' });
      this.#fail(`it ends with seal ${this.#last.nr}, while ${source} has seen seal ${nr}: the newest seals are gone`);
    }
  }

  #endSeal(): void {
    this.#endCovers();
    const seal = this.#seal;
    if (!seal) return;
    const broken = checkSeal(seal, { ...this.#last, ...(this.#at !== undefined && { at: this.#at }) }, this.#rows);
    if (broken) this.#fail(broken.text + this.#columns(seal.nr, broken.row));
    if (this.#beside) this.#fail(this.#beside);
    for (const witness of this.#o.witnesses)
      if (witness.nr === seal.nr && !this.#verdicts.has(witness))
        this.#verdicts.set(witness, judgeRow(witness, this.#rows));
    const [first] = this.#rows;
    if (!broken && first && seal.nr > this.#last.nr + 1)
      this.#passed.push({ from: this.#last.nr + 1, to: seal.nr - 1, restore: restoreOf(first.row) });
    this.#last = { nr: seal.nr, hash: seal.hash };
    this.#at = seal.at;
    this.#seal = undefined;
    this.#rows = [];
    this.#beside = undefined;
  }

  #endCovers(): void {
    const { of, hashes } = this.#covers ?? {};
    this.#covers = undefined;
    if (!of || !hashes) return;
    for (const covered of this.#o.tables.get(of.table)?.covers ?? []) {
      if (isUnread(covered, of.row, this.#o.since)) continue;
      const { column, table } = covered;
      const said = of.row[column] ?? null;
      if (said !== null && said !== hashes.get(column)?.close())
        this.#beside ??= `rows of ${table} are not those that ${of.name} vouches for in column ${column}`;
    }
  }

  #needHead(name: string): void {
    if (!this.#o.head.head) this.#fail(`${name} says that it is of this chain, which is not in chains`);
  }

  /** A receipt shows what the row was. */
  #columns(nr: number, placed: PlacedRow | undefined): string {
    const seen = this.#o.witnesses.find(
      (w) => w.nr === nr && w.record?.table === placed?.table && w.record?.leaf === Number(placed?.row.leaf),
    )?.record?.row;
    if (!placed || !seen) return '';
    const altered = differing(seen, placed.row);
    return altered.length === 0 ? '' : ` (its receipt differs in ${altered.join(', ')})`;
  }

  /** Only the first broken link is told: what comes after it can't be trusted to be wrong. */
  #fail(text: string): void {
    this.#problem ??= text;
  }
}

/** An altered row may speak of nothing that could be understood; its seal will name it. */
function contentsOf(table: RecordTable, row: RecordRow): readonly string[] {
  try {
    return table.contents?.(row) ?? [];
  } catch {
    return [];
  }
}

function nameOf(table: string, row: RecordRow, key: readonly string[]): string {
  return `${table} (${key.map((column) => `${column} ${String(row[column])}`).join(', ')})`;
}
