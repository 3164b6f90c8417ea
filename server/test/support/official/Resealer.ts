import { MerkleTree } from '../../../src/domain/record/merkle.ts';
import { NO_SEAL, type RecordRow, recordHash, sealHash } from '../../../src/domain/record/seal.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { officialTables } from '../../../src/store/postgres/record/officialTables.ts';

/**
 * Somebody who owns the database, knows this program, and writes chains anew so that verification finds them in order: SQL alone, with
 * guards that are off.
 */
export class Resealer {
  readonly #owner: Postgres;

  private constructor(owner: Postgres) {
    this.#owner = owner;
  }

  /** @param url as its owner */
  static async create(url: string): Promise<Resealer> {
    return new Resealer(await Postgres.create(url, () => undefined, 1));
  }

  close(): Promise<void> {
    return this.#owner.close();
  }

  /** Statements past the guards. */
  async do(...statements: readonly string[]): Promise<void> {
    const guarded = [...officialTables.map(({ table }) => table), 'seals'];
    const guards = (how: string) => guarded.map((table) => `ALTER TABLE ${table} ${how} TRIGGER USER`);
    for (const statement of [...guards('DISABLE'), ...statements, ...guards('ENABLE')])
      await this.#owner.query(statement);
  }

  /** Chains on which rows of a table stand. */
  async chainsOf(table: string): Promise<readonly string[]> {
    const rows = await this.#owner.query<{ chain: string }>(
      `SELECT DISTINCT chain FROM ${table} WHERE chain IS NOT NULL`,
    );
    return rows.map(({ chain }) => chain);
  }

  /** Every seal of a chain from a number on, of the rows that stand there now, and its head. */
  async reseal(chain: string, from = 1): Promise<void> {
    const seals = await this.#owner.query<{ nr: string; hash: string; at: string }>(
      `SELECT nr, encode(hash, 'hex') AS hash, to_jsonb(at) #>> '{}' AS at FROM seals WHERE chain = $1 ORDER BY seals.nr`,
      [chain],
    );
    let previous = NO_SEAL;
    for (const { nr, hash, at } of seals) {
      if (Number(nr) < from) {
        previous = hash;
        continue;
      }
      const leaves = await this.#leaves(chain, nr);
      const { root } = new MerkleTree(leaves);
      const made = sealHash({ chain, nr: Number(nr), previous, root, leaves: leaves.length, at });
      await this.do(
        `UPDATE seals SET previous = '\\x${previous}', root = '\\x${root}', leaves = ${leaves.length}, hash = '\\x${made}',
           hashes = '\\x${leaves.join('')}' WHERE chain = '${chain}' AND nr = ${nr}`,
        `UPDATE chains SET hash = '\\x${made}' WHERE id = '${chain}' AND nr = ${nr}`,
      );
      previous = made;
    }
  }

  async #leaves(chain: string, nr: string): Promise<string[]> {
    const select = ({ table }: { table: string }) =>
      `SELECT '${table}' AS table, leaf, to_jsonb(t) AS row FROM ${table} t WHERE chain = $1 AND seal = $2`;
    const rows = await this.#owner.query<{ table: string; row: RecordRow }>(
      `SELECT * FROM (${officialTables.map(select).join(' UNION ALL ')}) r ORDER BY leaf`,
      [chain, nr],
    );
    return rows.map(({ table, row }) => recordHash(table, row));
  }
}
