import { createHash } from 'node:crypto';
import { END_OF_TABLE, type Header, headerSchema, trailerSchema } from './format.ts';

/** A backup that can't be taken for what was saved. */
export class DamagedBackup extends Error {}

/**
 * Reads a whole backup before anything is touched.
 * @param lines without their line feeds
 * @throws DamagedBackup
 */
export async function checkBackup(lines: AsyncIterable<Buffer>): Promise<Header & { readonly sha256: string }> {
  const hash = createHash('sha256');
  let last: Buffer | undefined;
  let header: Header | undefined;
  const rows: number[] = [];
  let count = 0;
  for await (const line of lines) {
    if (last) {
      hash.update(last).update('\n');
      if (!header) header = parseHeader(last);
      else if (last.equals(END)) {
        rows.push(count);
        count = 0;
      } else count++;
    }
    last = line;
  }
  if (!last || !header) throw new DamagedBackup('this is no backup, or only its beginning');
  const trailer = parseJson(last, trailerSchema);
  if (!trailer) throw new DamagedBackup('the backup is cut short: its last line is gone');
  if (trailer.sha256 !== hash.digest('hex'))
    throw new DamagedBackup('the backup is damaged: its checksum does not fit');
  // Files of before say 0 where PostgreSQL's count came later than its last row; they are whole, as their checksum says.
  if (rows.length !== header.tables.length || rows.some((n, i) => trailer.rows[i] !== n && trailer.rows[i] !== 0))
    throw new DamagedBackup('the backup is damaged: its tables do not have the rows that it says');
  return { ...header, sha256: trailer.sha256 };
}

const END = Buffer.from(END_OF_TABLE);

function parseHeader(line: Buffer): Header {
  const header = parseJson(line, headerSchema);
  if (!header) throw new DamagedBackup('this is no backup of this program');
  return header;
}

function parseJson<T>(line: Buffer, schema: { parse(value: unknown): T }): T | undefined {
  try {
    return schema.parse(JSON.parse(line.toString()));
  } catch {
    return undefined;
  }
}
