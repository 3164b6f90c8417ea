import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureRow } from '../../server/src/protocol/figureBatch.ts';
import { pinned, SESSION } from '../../server/src/store/postgres/base/Postgres.ts';
import { PrimaryClient } from '../../server/src/store/postgres/base/PrimaryClient.ts';

/** About as many as a table of ours has, which is one of a month: with more, the disk would hold everything twice. */
const TABLE_ROWS = 8_000_000;

/** PostgreSQL's COPY of rows of figures from a file, into a table with the same indexes. */
export class PlainCopy {
  readonly #client: PrimaryClient;
  readonly #folder: string;
  #rows = 0;

  private constructor(client: PrimaryClient, folder: string) {
    this.#client = client;
    this.#folder = folder;
  }

  /** @param url of a database with figures: COPY has a connection of its own, without limits of time */
  static async create(url: string): Promise<PlainCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
    // The user of PostgreSQL is another one.
    await chmod(folder, 0o755);
    const client = new PrimaryClient(pinned(url, SESSION));
    await client.connect();
    await client.query('CREATE TABLE plain_copy (LIKE observations INCLUDING ALL)');
    return new PlainCopy(client, folder);
  }

  /** @returns milliseconds, without those of writing the file */
  async add(rows: readonly FigureRow[], source: string): Promise<number> {
    const path = join(this.#folder, 'rows');
    await writeFile(path, linesOf(rows, source), { mode: 0o644 });
    const began = performance.now();
    const { rowCount } = await this.#client.query(`COPY plain_copy FROM '${path}'`);
    const took = performance.now() - began;
    if (rowCount !== rows.length) throw new Error(`COPY put ${rowCount} of ${rows.length} rows there`);
    this.#rows += rows.length;
    if (this.#rows >= TABLE_ROWS) {
      await this.#client.query('TRUNCATE plain_copy');
      this.#rows = 0;
    }
    return took;
  }

  async close(): Promise<void> {
    try {
      await this.#client.query('DROP TABLE plain_copy');
    } finally {
      await this.#client.end();
      await rm(this.#folder, { recursive: true });
    }
  }
}

/** In the order of the columns. */
function linesOf(rows: readonly FigureRow[], source: string): string {
  let text = '';
  for (const { period, value, indicator, unit } of rows)
    text += `${period}\t1\t${value}\t\\N\t1\tf\t${indicator}\t${unit}\t${source}\tA\n`;
  return text;
}
