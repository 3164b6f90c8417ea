import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a file that is readable by its owner alone, and has its name only when it is complete and on the disk.
 * @param through what the bytes go through on their way, such as gzip
 * @throws Error when there is such a file already, or the disk is full
 */
export async function writeWhole(
  file: string,
  content: AsyncIterable<string | Buffer>,
  ...through: Transform[]
): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already: name another, or move it away`);
  const part = `${file}.part`;
  try {
    await pipeline([Readable.from(content), ...through, createWriteStream(part, { mode: 0o600, flush: true })]);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
