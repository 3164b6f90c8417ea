import { CanonicalRows } from '../../../domain/record/canonical.ts';
import { type Hash, MerkleTree } from '../../../domain/record/merkle.ts';
import { receiptsUnder } from '../../../domain/record/receipt.ts';
import { NO_SEAL, type RecordRow, type Seal, sealHash, writtenHash } from '../../../domain/record/seal.ts';
import type { JsonText } from '../../../lib/JsonText.ts';
import { isRehearsal } from '../../../protocol/briefing.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Sql } from '../base/Postgres.ts';

/** RH2: what is done in a rehearsal is sealed on a chain whose name says so, and with it every receipt. */
export const chainOfBriefing = (briefing: string): string =>
  `${isRehearsal(briefing) ? 'rehearsal' : 'briefing'}:${briefing}`;
export const chainOfOffice = (unit: string, year: number): string => `office:${unit}:${year}`;

/** What is of no briefing and no office. */
export const SYSTEM = 'system';

interface Leaf {
  readonly table: string;
  /** The row, as `canonical` writes it. */
  readonly row: string;
}

/** Records a group of official acts on one chain, which it holds locked until COMMIT. */
export class Batch {
  readonly chain: string;
  readonly seal: number;
  /**
   * The time of the seal, to the microsecond: PostgreSQL's clock when the chain was locked; that of the seal before
   * while the clock, which was set back, is behind it (AU1).
   */
  readonly at: string;
  /** PostgreSQL's clock when the chain was locked, to the millisecond: what deadlines are measured by. */
  readonly now: Date;
  readonly #sql: Sql;
  readonly #previous: Hash;
  readonly #leaves: Leaf[] = [];
  readonly #rows = new Map<string, CanonicalRows>();

  private constructor(sql: Sql, chain: string, last: LastSeal, { at, now }: Moments, passed: number) {
    this.#sql = sql;
    this.#previous = last.hash;
    this.chain = chain;
    this.seal = Number(last.nr) + 1 + passed;
    this.at = at;
    this.now = new Date(now);
  }

  /**
   * Locks the chain, which is the last after briefing and floor. What is asked in the same turn after this call is read
   * under the lock, if the chain has a seal already.
   * @param passed AU16: so many numbers of seals are passed over; the first row says so
   */
  static async open(sql: Sql, chain: string, passed = 0): Promise<Batch> {
    const locked = await lock(sql, chain);
    if (locked.last) return Batch.#begin(sql, chain, locked.last, locked, passed);
    await sql.query('INSERT INTO chains (id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [chain, bytes(NO_SEAL)]);
    const made = await lock(sql, chain);
    if (!made.last) throw new Error(`the chain ${chain} is not there`);
    return Batch.#begin(sql, chain, made.last, made, passed);
  }

  static async #begin(sql: Sql, chain: string, last: LastSeal, moments: Moments, passed: number): Promise<Batch> {
    const batch = new Batch(sql, chain, last, moments, passed);
    return batch.seal === 1 && (await passOver(sql, chain)) ? Batch.open(sql, chain) : batch;
  }

  get size(): number {
    return this.#leaves.length;
  }

  /**
   * Appends rows to an official table, in one statement. The chain is locked, so a caller that looked first meets no
   * conflict.
   * @param rows by column name, without chain, seal and leaf; a column that is left out is null (defaults are not
   * applied); bytea as `\x…`
   * @returns leaves of the rows, for `Sealed`
   */
  async insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly number[]> {
    if (rows.length === 0) return [];
    const full = this.#place(rows);
    const written = await this.#sql.query<{ row: RecordRow }>(
      `INSERT INTO ${table} AS t SELECT r.* FROM jsonb_populate_recordset(NULL::${table}, $1) r RETURNING to_jsonb(t) AS row`,
      [JSON.stringify(full)],
    );
    const inOrder = [...written].sort((a, b) => Number(a.row.leaf) - Number(b.row.leaf));
    for (const { row } of inOrder) this.#leaves.push({ table, row: this.#write(table, row) });
    return full.map(({ leaf }) => leaf);
  }

  /**
   * The same for thousands of rows, which PostgreSQL does not write out again: the seal, too, may be asked for before
   * they are there.
   * @param rows all columns but chain, seal and leaf, each as `to_jsonb` will write it
   */
  async append(table: string, rows: readonly RecordRow[]): Promise<readonly number[]> {
    if (rows.length === 0) return [];
    const full = this.#place(rows);
    const written = full.map((row) => this.#write(table, row));
    for (const row of written) this.#leaves.push({ table, row });
    await this.#sql.query(`INSERT INTO ${table} SELECT r.* FROM jsonb_populate_recordset(NULL::${table}, $1) r`, [
      `[${written.join(',')}]`,
    ]);
    return full.map(({ leaf }) => leaf);
  }

  /** The seal of what was inserted; undefined when nothing was. */
  async close(): Promise<Sealed | undefined> {
    if (this.#leaves.length === 0) return undefined;
    const hashes = this.#leaves.map(({ table, row }) => writtenHash(table, row));
    const tree = new MerkleTree(hashes);
    const { chain, at } = this;
    const previous = this.#previous;
    const seal: Seal = { chain, nr: this.seal, previous, root: tree.root, leaves: this.#leaves.length, at };
    await this.#sql.query(
      `WITH last AS (UPDATE chains SET nr = $2, hash = $7 WHERE id = $1)
       INSERT INTO seals (chain, nr, previous, root, leaves, at, hash, hashes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        chain,
        seal.nr,
        bytes(previous),
        bytes(seal.root),
        seal.leaves,
        at,
        bytes(sealHash(seal)),
        bytes(hashes.join('')),
      ],
    );
    const receipts = receiptsUnder(seal, tree, this.#sql.stamper);
    const written = (leaf: number) => {
      const { table, row } = this.#leaves[leaf] as Leaf;
      return receipts(leaf, table, row);
    };
    return { seal, written, receipt: (leaf) => written(leaf).read() };
  }

  #place<R extends object>(rows: readonly R[]) {
    const first = this.#leaves.length;
    return rows.map((row, i) => ({ ...row, chain: this.chain, seal: this.seal, leaf: first + i }));
  }

  #write(table: string, row: RecordRow): string {
    const rows = this.#rows.get(table) ?? new CanonicalRows();
    this.#rows.set(table, rows);
    return rows.write(row);
  }
}

export interface Sealed {
  readonly seal: Seal;
  /** @param leaf as `Batch.insert` answered it */
  receipt(leaf: number): Receipt;
  /** The same, written. */
  written(leaf: number): JsonText<Receipt>;
}

/**
 * AU1: inside the caller's transaction, locks the chain, lets `work` append to official tables, and seals what it
 * appended.
 */
export async function sealed<T>(
  sql: Sql,
  chain: string,
  work: (batch: Batch) => Promise<T>,
): Promise<{ readonly result: T; readonly sealed: Sealed | undefined }> {
  const batch = await Batch.open(sql, chain);
  const result = await work(batch);
  return { result, sealed: await batch.close() };
}

const bytes = (hashes: Hash): Buffer => Buffer.from(hashes, 'hex');

interface LastSeal {
  nr: string;
  hash: Hash;
}

interface Moments {
  readonly at: string;
  readonly now: string;
}

/** The clock is a statement of its own: it is read when the lock is held, so that times follow the order of seals. */
const CLOCK = `SELECT to_jsonb(now) #>> '{}' AS now, to_jsonb(greatest(now, before)) #>> '{}' AS at
  FROM (SELECT pg_catalog.clock_timestamp() AS now,
    (SELECT s.at FROM seals s WHERE s.chain = $1 ORDER BY s.nr DESC LIMIT 1) AS before) clock`;

async function lock(sql: Sql, chain: string): Promise<Moments & { readonly last: LastSeal | undefined }> {
  const [[last], [clock]] = await Promise.all([
    sql.query<LastSeal>("SELECT nr, encode(hash, 'hex') AS hash FROM chains WHERE id = $1 FOR UPDATE", [chain]),
    sql.query<Moments>(CLOCK, [chain]),
  ]);
  if (!clock) throw new Error('PostgreSQL does not know the time');
  return { ...clock, last };
}

/** Restores in whose time directives of a year may have been given, $1. The year of a directive may be that of another clock. */
export const RESTORES_OF_YEAR = `FROM restores r WHERE r.chain = '${SYSTEM}' AND $1::int BETWEEN
  extract(year FROM r.backup_at - interval '1 day') AND extract(year FROM r.at + interval '1 day')`;

/**
 * AU16: a chain of an office, or of a source of figures, that begins after a restore may have begun before it, too, and
 * that beginning is gone.
 * @returns whether its first seal is there now
 */
async function passOver(sql: Sql, chain: string): Promise<boolean> {
  const [, year] = /^(?:office|figures):.*:(\d+)$/.exec(chain) ?? [];
  if (year === undefined) return false;
  const [gone] = await sql.query<{ seals: number | null; newest: RecordRow | null }>(
    `SELECT sum(seals)::float8 AS seals, (array_agg(to_jsonb(r) ORDER BY at DESC))[1] AS newest ${RESTORES_OF_YEAR}`,
    [Number(year)],
  );
  if (!gone?.newest || !gone.seals) return false;
  const { id, backup_at, backup_sha256, numbers } = gone.newest;
  const batch = await Batch.open(sql, chain, gone.seals);
  await batch.insert('restores', [{ id, at: batch.at, backup_at, backup_sha256, seals: gone.seals, numbers }]);
  await batch.close();
  return true;
}
