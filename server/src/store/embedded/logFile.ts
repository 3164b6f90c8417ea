import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/** What both stores write when the disk is full. */
export const NO_ROOM = /No space left on device|Disk quota exceeded/;

const LARGEST_BYTES = 16 * 2 ** 20;

/** Opens a store's log for appending, and gives the descriptor to `use` alone. One older log is kept. */
export function withLog<T>(file: string, use: (fd: number) => T): T {
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.1`);
  const fd = openSync(file, 'a', 0o600);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** The last three lines of a log as one, for an error message. */
export function lastLines(file: string): string {
  if (!existsSync(file)) return `its log is ${file}`;
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return `${lines.slice(-3).join(' | ')} (its log is ${file})`;
}
