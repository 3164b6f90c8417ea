import { MerkleTree } from '../../domain/audit/merkle.ts';
import { NO_SEAL, type RecordRow, receiptOf, recordHash, type Seal, sealHash } from '../../domain/audit/seal.ts';
import type { Receipt } from '../../protocol/audit.ts';
import type { Sql } from './Postgres.ts';

export const chainOfBriefing = (briefing: string): string => `briefing:${briefing}`;
export const chainOfOffice = (unit: string, year: number): string => `office:${unit}:${year}`;

interface Leaf {
  readonly table: string;
  readonly row: RecordRow;
}

/** Records a group of official acts on one chain; made by `sealed`. */
export class Batch {
  readonly chain: string;
  readonly seal: number;
  /** PostgreSQL's clock when the chain was locked, to the microsecond: the time of everything in this batch. */
  readonly at: string;
  readonly #sql: Sql;
  readonly #leaves: Leaf[] = [];

  constructor(sql: Sql, chain: string, seal: number, at: string) {
    this.#sql = sql;
    this.chain = chain;
    this.seal = seal;
    this.at = at;
  }

  /** `at`, to the millisecond. */
  get now(): Date {
    return new Date(this.at);
  }

  get size(): number {
    return this.#leaves.length;
  }

  /**
   * Appends rows to an official table, in one statement. The chain is locked, so a caller that looked first meets no conflict.
   * @param rows by column name, without chain, seal and leaf; a column that is left out is null (defaults are not applied); bytea as `\x…`
   * @returns leaves of the rows, for `receipts`
   */
  async insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly number[]> {
    if (rows.length === 0) return [];
    const first = this.#leaves.length;
    const full = rows.map((row, i) => ({ ...row, chain: this.chain, seal: this.seal, leaf: first + i }));
    const written = await this.#sql.query<{ row: RecordRow }>(
      `INSERT INTO ${table} AS t SELECT r.* FROM jsonb_populate_recordset(NULL::${table}, $1) r RETURNING to_jsonb(t) AS row`,
      [JSON.stringify(full)],
    );
    const inOrder = [...written].sort((a, b) => Number(a.row.leaf) - Number(b.row.leaf));
    for (const { row } of inOrder) this.#leaves.push({ table, row });
    return full.map(({ leaf }) => leaf);
  }

  /** The seal of what was inserted; undefined when nothing was. */
  async close(previous: Buffer): Promise<Sealed | undefined> {
    if (this.#leaves.length === 0) return undefined;
    const hashes = this.#leaves.map(({ table, row }) => recordHash(table, row));
    const tree = new MerkleTree(hashes);
    const { chain, at } = this;
    const seal: Seal = { chain, nr: this.seal, previous, root: tree.root, leaves: this.#leaves.length, at };
    await this.#sql.query(
      `WITH last AS (UPDATE chains SET nr = $2, hash = $7 WHERE id = $1)
       INSERT INTO seals (chain, nr, previous, root, leaves, at, hash, hashes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [chain, seal.nr, previous, seal.root, seal.leaves, at, sealHash(seal), Buffer.concat(hashes)],
    );
    return {
      seal,
      receipt: (leaf) => {
        const { table, row } = this.#leaves[leaf] as Leaf;
        return receiptOf(seal, tree, leaf, table, row);
      },
    };
  }
}

export interface Sealed {
  readonly seal: Seal;
  /** @param leaf as `Batch.insert` answered it */
  receipt(leaf: number): Receipt;
}

/**
 * AU1: inside the caller's transaction, locks the chain, lets `work` append to official tables, and seals what it appended. Locks are taken in
 * the order briefing, floor, chain; so the chain is the last.
 */
export async function sealed<T>(
  sql: Sql,
  chain: string,
  work: (batch: Batch) => Promise<T>,
): Promise<{ readonly result: T; readonly sealed: Sealed | undefined }> {
  let [last] = await sql.query<LastSeal>(LOCK, [chain]);
  if (!last) {
    await sql.query('INSERT INTO chains (id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [chain, NO_SEAL]);
    [last] = await sql.query<LastSeal>(LOCK, [chain]);
  }
  if (!last) throw new Error(`the chain ${chain} is not there`);
  // A statement of its own: the clock is read when the lock is held, so that times follow the order of seals.
  const [clock] = await sql.query<{ at: string }>(`SELECT to_jsonb(clock_timestamp()) #>> '{}' AS at`);
  const batch = new Batch(sql, chain, Number(last.nr) + 1, clock?.at ?? '');
  const result = await work(batch);
  return { result, sealed: await batch.close(last.hash) };
}

interface LastSeal {
  nr: string;
  hash: Buffer;
}
const LOCK = 'SELECT nr, hash FROM chains WHERE id = $1 FOR UPDATE';
