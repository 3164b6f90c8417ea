import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const GB = 1e9;
/** A row with its indexes, and somewhat more; and what does not grow with them: the table of COPY, and what PostgreSQL logs of a while. */
const ROOM = { row: 230, beside: 6 * GB };
const MILLION = 1_000_000;

/** What so many rows take on the disk, bytes. */
export const roomOf = (rows: number): number => rows * ROOM.row + ROOM.beside;

/** @param free bytes of the disk on which stores are started @returns why they do not fit, in words; undefined: they do */
export function wantOfRoom(rows: number, free: number, folder: string): string | undefined {
  if (roomOf(rows) <= free) return undefined;
  const millions = Math.floor((free - ROOM.beside) / ROOM.row / MILLION);
  const fits = millions > 0 ? `--rows ${millions}M fits there` : 'not one million fits there';
  const [wanted, there] = [roomOf(rows), free].map((bytes) => (bytes / GB).toFixed(1));
  return `${rows} rows want ${wanted} GB of ${folder}, where ${there} GB are free: ${fits}, and TMPDIR names another folder`;
}

/** @throws Error where the disk would be full before the end */
export async function demandRoom(rows: number): Promise<void> {
  const folder = tmpdir();
  const { bavail, bsize } = await statfs(folder);
  const why = wantOfRoom(rows, bavail * bsize, folder);
  if (why) throw new Error(why);
}

/** @param text a number, or one of millions: 100M @throws Error where it is none */
export function rowsIn(text: string): number {
  const [, number, millions] = /^(\d{1,12})(M?)$/.exec(text) ?? [];
  if (number === undefined) throw new Error(`--rows takes a number, as 20000000 or 20M, and ${text} is none`);
  return Number(number) * (millions ? MILLION : 1);
}
