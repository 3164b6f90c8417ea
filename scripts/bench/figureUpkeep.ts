import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { dump } from '../../server/src/store/postgres/backup/dump.ts';
import { pinned, SESSION } from '../../server/src/store/postgres/base/Postgres.ts';
import { PrimaryClient } from '../../server/src/store/postgres/base/PrimaryClient.ts';
import { Snapshot } from '../../server/src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { inCountry } from './figureCountry.ts';

/** Rows of one step of a migration that copies, as `0090-observation-months.sql` has it; and of all that are copied, at most. */
const STEP_ROWS = 50_000;
const COPIED_ROWS = 1_000_000;

/** What looks after rows of figures, in seconds for a million of them. */
export interface Upkeep {
  readonly rows: number;
  /** Bytes of a row in a backup. */
  readonly savedBytes: number;
  readonly backup: number;
  readonly verification: number;
  /** What a migration does with a large table: a column, a constraint, an index, and all rows anew by steps. */
  readonly column: number;
  readonly constraint: number;
  readonly index: number;
  readonly copied: number;
}

/** Of so many rows of a country of their own: what is filled in beside it may be a hundred times as much, and costs as much more. */
export const keepUp = (communes: number, rows: number): Promise<Upkeep> =>
  inCountry(communes, async ({ bench, url }) => {
    await bench.fill(rows, async () => undefined);
    return lookAfterRows(url, rows);
  });

/** @param url of the role that owns the tables; the database is thrown away afterwards */
async function lookAfterRows(url: string, rows: number): Promise<Upkeep> {
  const client = new PrimaryClient(pinned(url, SESSION));
  await client.connect();
  try {
    const million = (ms: number, of = rows): number => Math.round((ms * 1e5) / of) / 100;
    const sql = async (text: string) => million(await timed(() => client.query(text)));
    const saved = await read(url, async (snapshot) => {
      let bytes = 0;
      const file = createGzip();
      file.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      for await (const piece of dump(snapshot))
        if (!file.write(piece)) await new Promise((go) => file.once('drain', go));
      await new Promise<void>((done) => file.end(done));
      return bytes;
    });
    const verified = await read(url, async (snapshot) => (await verifyDatabase(snapshot)).problems.length);
    if (verified.result > 0) throw new Error(`${verified.result} problems in a record that nobody touched`);
    return {
      ...{ rows, savedBytes: Math.round(saved.result / rows) },
      ...{ backup: million(saved.ms), verification: million(verified.ms) },
      column: await sql('ALTER TABLE observations ADD COLUMN upkeep int'),
      constraint: await sql(
        `ALTER TABLE observations ADD CONSTRAINT upkeep CHECK (revision > 0) NOT VALID;
         ALTER TABLE observations VALIDATE CONSTRAINT upkeep`,
      ),
      index: await sql('CREATE INDEX upkeep ON observations (source, batch)'),
      copied: await copied(client).then(({ ms, count }) => million(ms, count)),
    };
  } finally {
    await client.end();
  }
}

/** Batch by batch, each step a transaction of its own, into a table with the same indexes. */
async function copied(client: Client): Promise<{ readonly ms: number; readonly count: number }> {
  await client.query('CREATE TABLE upkeep_copy (LIKE observations INCLUDING ALL)');
  let [since, count] = ['0', 0];
  const ms = await timed(async () => {
    while (count < COPIED_ROWS) {
      const { rows } = await client.query<{ until: string | null }>(
        `SELECT max(batch) AS until FROM (SELECT batch FROM observations WHERE batch > $1 ORDER BY batch LIMIT $2) o`,
        [since, STEP_ROWS],
      );
      const until = rows[0]?.until;
      if (!until) return;
      const step = 'INSERT INTO upkeep_copy SELECT * FROM observations WHERE batch > $1 AND batch <= $2';
      count += (await client.query(step, [since, until])).rowCount ?? 0;
      since = until;
    }
  });
  return { ms, count };
}

async function read<T>(url: string, work: (snapshot: Snapshot) => Promise<T>) {
  const snapshot = await Snapshot.create(url);
  try {
    const began = performance.now();
    const result = await work(snapshot);
    return { result, ms: performance.now() - began };
  } finally {
    await snapshot.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
