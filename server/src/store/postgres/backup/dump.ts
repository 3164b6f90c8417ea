import { createHash } from 'node:crypto';
import { to as copyTo } from 'pg-copy-streams';
import type { Snapshot } from '../base/Snapshot.ts';
import { END_OF_TABLE, type Header, type Trailer } from './format.ts';
import { quote, readMonths, readTables } from './tables.ts';

/** Everything that the database holds at one moment, as a stream; others go on writing meanwhile. */
export async function* dump(snapshot: Snapshot): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const hashed = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const header = await readHeader(snapshot);
  yield hashed(line(JSON.stringify(header)));
  const copies: { readonly rowCount: number }[] = [];
  for (const { table, columns } of header.tables) {
    const copy = snapshot.client.query(
      copyTo(`COPY (SELECT ${columns.map(quote).join(', ')} FROM ${quote(table)}) TO STDOUT`),
    );
    for await (const chunk of copy) yield hashed(chunk as Buffer);
    copies.push(copy);
    yield hashed(line(END_OF_TABLE));
  }
  // How many rows a table had is said after its last row, at times in a later packet: the answer to one more statement comes after all of that.
  await snapshot.query('SELECT');
  const rows = copies.map(({ rowCount }) => rowCount);
  const trailer: Trailer = { rows, sha256: hash.digest('hex') };
  yield line(JSON.stringify(trailer));
}

const line = (text: string): Buffer => Buffer.from(`${text}\n`);

async function readHeader(snapshot: Snapshot): Promise<Header> {
  const [row] = await snapshot.query<Pick<Header, 'at' | 'postgres' | 'migrations'>>(
    `SELECT to_jsonb(clock_timestamp()) #>> '{}' AS at, current_setting('server_version') AS postgres,
       (SELECT array_agg(name ORDER BY name) FROM migrations) AS migrations`,
  );
  if (!row) throw new Error('PostgreSQL did not say what it is');
  const [tables, months, sequences] = [
    await readTables(snapshot),
    await readMonths(snapshot),
    await readSequences(snapshot),
  ];
  return { format: 'dieu-hanh backup', version: 1, ...row, tables, months: [...months], sequences };
}

async function readSequences(snapshot: Snapshot): Promise<Header['sequences']> {
  const names = await snapshot.query<{ name: string }>(
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1`,
  );
  const sequences: Header['sequences'] = [];
  for (const { name } of names) {
    const [row] = await snapshot.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${quote(name)}`,
    );
    if (row) sequences.push({ sequence: name, ...row });
  }
  return sequences;
}
