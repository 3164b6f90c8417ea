import { assertNever } from '../../lib/assertNever.ts';
import { type Accepted, CatalogCheck } from './CatalogCheck.ts';
import { ChainCheck } from './ChainCheck.ts';
import { CATALOG_TABLE } from './catalog.ts';
import type { Last } from './checkSeal.ts';
import { isUnread } from './isUnread.ts';
import type { RecordTable, Witness } from './ports.ts';
import type { RecordLine, RecordLineOf } from './recordLine.ts';
import { chainLostBy, type Judged, type RestoreFact, restoreOf } from './verdict.ts';

export interface RecordProblem {
  /** undefined: it is of no chain. */
  readonly chain?: string;
  /** AU30: it is of what stands around the tables. */
  readonly isAround?: boolean;
  readonly text: string;
}

export interface Verified {
  readonly at: string;
  /** The last seal of each chain: to be kept, since only who has seen a seal knows when it is gone. */
  readonly chains: readonly (Last & { readonly chain: string })[];
  readonly seals: number;
  readonly rows: number;
  /** Recorded before sealing began. */
  readonly unsealed: readonly { readonly table: string; readonly rows: number }[];
  /** FG111: official rows of before `since`, by their table: what they vouch for in `covered` was not read. */
  readonly unread: readonly { readonly table: string; readonly covered: string; readonly rows: number }[];
  readonly since?: string | undefined;
  /** AU31: differences around the tables that somebody accepted. */
  readonly accepted: readonly Accepted[];
  readonly problems: readonly RecordProblem[];
  /** AU21: of each witness, in any order. */
  readonly judged: readonly Judged[];
}

export interface VerifyOptions {
  /** The official tables of this program. */
  readonly tables: readonly RecordTable[];
  /** The migrations that this program knows: a record from before the last of them may lack newer tables. */
  readonly migrations: readonly string[];
  readonly witnesses?: readonly Witness[];
  /** FG111: of what is bulk, and vouched for before this moment, the lines have nothing. */
  readonly since?: string | undefined;
}

/**
 * AU3: checks the whole record as it comes, with one seal and its rows in memory, and names the first broken link of
 * each chain.
 * @throws Error when the record was written by a newer version of this program
 */
export async function verifyRecord(lines: AsyncIterable<RecordLine>, options: VerifyOptions): Promise<Verified> {
  const check = new RecordCheck(options);
  for await (const line of lines) check.add(line);
  return check.close();
}

class RecordCheck {
  readonly #tables: ReadonlyMap<string, RecordTable>;
  readonly #witnesses: readonly Witness[];
  readonly #migrations: readonly string[];
  readonly #since: string | undefined;
  readonly #keys = new Map<string, readonly string[]>();
  readonly #contents = new Set<string>();
  readonly #chains: (Last & { chain: string })[] = [];
  readonly #unsealed: { table: string; rows: number }[] = [];
  readonly #unread = new Map<string, { table: string; covered: string; rows: number }>();
  readonly #problems: RecordProblem[] = [];
  readonly #judged: Judged[] = [];
  /** Restores of the installation, the oldest first. */
  readonly #restores: RestoreFact[] = [];
  readonly #around = new CatalogCheck();
  #at = '';
  #current = false;
  #seals = 0;
  #rows = 0;
  #lines = 0;
  #ended = false;
  #chain: ChainCheck | undefined;

  constructor({ tables, migrations, witnesses = [], since }: VerifyOptions) {
    this.#tables = new Map(tables.map((table) => [table.table, table]));
    this.#migrations = migrations;
    this.#witnesses = witnesses;
    this.#since = since;
  }

  add(line: RecordLine): void {
    this.#lines++;
    switch (line.kind) {
      case 'record':
        this.#begins(line);
        return;
      case 'table':
        this.#keys.set(line.table, line.key);
        return;
      case 'content':
        this.#contents.add(line.name);
        if (line.hash !== line.name)
          this.#fail(`${line.table} (${line.name}): the bytes are not those that the name says`);
        return;
      case 'chain':
        this.#endChain();
        this.#chain = this.#begin(line);
        return;
      case 'seal':
        this.#seals++;
        this.#chain?.seal(line);
        return;
      case 'row':
        this.#rows++;
        this.#countUnread(line);
        if (line.table === 'restores' && line.row.chain === 'system') this.#restores.push(restoreOf(line.row));
        if (line.table === 'restores') this.#around.restored(line.row);
        if (line.table === CATALOG_TABLE) this.#around.row(line.row);
        this.#chain?.row(line.table, line.row);
        return;
      case 'covered':
        this.#chain?.covered(line.column, line.row);
        return;
      case 'orphan':
        this.#fail(`${line.table}: no official row vouches for ${JSON.stringify(line.row)}`);
        return;
      case 'unsealed':
        this.#checkUnsealed(line);
        return;
      case 'catalog':
        this.#around.catalog(line);
        return;
      case 'end':
        this.#ended = line.lines === this.#lines;
        return;
      default:
        assertNever(line);
    }
  }

  close(): Verified {
    this.#endChain();
    if (!this.#ended) this.#fail('it is cut short: its last lines are gone');
    for (const table of this.#tables.keys())
      if (this.#current && !this.#keys.has(table)) this.#fail(`the official table ${table} is gone`);
    const isCurrent = this.#current && this.#keys.has(CATALOG_TABLE);
    for (const text of this.#around.close(isCurrent ? this.#migrations.at(-1) : undefined))
      this.#problems.push({ isAround: true, text });
    const chains = new Set(this.#chains.map(({ chain }) => chain));
    for (const witness of this.#witnesses) if (!chains.has(witness.chain)) this.#judgeWithoutChain(witness);
    const [at, seals, rows] = [this.#at, this.#seals, this.#rows];
    const unread = { unread: [...this.#unread.values()], since: this.#since, accepted: this.#around.accepted };
    const found = { problems: this.#problems, judged: this.#judged };
    return { at, chains: this.#chains, seals, rows, unsealed: this.#unsealed, ...unread, ...found };
  }

  #begins({ at, migrations }: RecordLineOf<'record'>): void {
    const newer = migrations.filter((name) => !this.#migrations.includes(name));
    if (newer.length > 0)
      throw new Error(`the record is of a newer version than this program: it has ${newer.join(', ')}`);
    this.#at = at;
    this.#current = migrations.length === this.#migrations.length;
  }

  #begin(head: RecordLineOf<'chain'>): ChainCheck {
    return new ChainCheck({
      head,
      tables: this.#tables,
      keys: this.#keys,
      hasContent: (name) => this.#contents.has(name),
      witnesses: this.#witnesses.filter(({ chain }) => chain === head.chain),
      since: this.#since,
    });
  }

  #countUnread({ table, row }: RecordLineOf<'row'>): void {
    for (const covered of this.#tables.get(table)?.covers ?? []) {
      if ((row[covered.column] ?? null) === null || !isUnread(covered, row, this.#since)) continue;
      const rows = (this.#unread.get(covered.table)?.rows ?? 0) + 1;
      this.#unread.set(covered.table, { table, covered: covered.table, rows });
    }
  }

  #endChain(): void {
    const check = this.#chain;
    if (!check) return;
    const problem = check.close();
    if (problem) this.#fail(problem, check.chain);
    this.#judged.push(...check.judged);
    this.#chains.push({ chain: check.chain, ...check.last });
    this.#chain = undefined;
  }

  #judgeWithoutChain(witness: Witness): void {
    const { chain, nr, source } = witness;
    const restore = chainLostBy(witness, this.#restores);
    this.#judged.push({ witness, verdict: restore ? { kind: 'lost', restore } : { kind: 'chain-gone' } });
    if (!restore) this.#fail(`the chain is gone, of which ${source} has seen seal ${nr}`, chain);
  }

  #checkUnsealed(line: RecordLineOf<'unsealed'>): void {
    const { table, rows, hash, began } = line;
    const grown = this.#around.unsealed(line);
    if (grown) this.#fail(grown);
    if (rows > 0) this.#unsealed.push({ table, rows });
    if (rows !== (began?.rows ?? 0))
      this.#fail(
        `${table}: ${rows} rows have no seal, ${began?.rows ?? 0} were recorded before sealing began (unsealed_rows)`,
      );
    else if (began && began.hash !== hash)
      this.#fail(
        `${table}: one of the ${rows} rows that were recorded before sealing began, or their hash in unsealed_rows, was altered`,
      );
  }

  #fail(text: string, chain?: string): void {
    this.#problems.push({ ...(chain !== undefined && { chain }), text });
  }
}
