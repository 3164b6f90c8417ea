import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A step between the content and the file, such as gzip. */
export type Through = Transform | ((source: AsyncIterable<Buffer>) => AsyncIterable<Uint8Array>);

/**
 * Writes a file that is readable by its owner alone, and has its name only when it is complete and on the disk.
 * @param through what the bytes go through on their way
 * @throws Error when there is such a file already, or the disk is full
 */
export async function writeWhole(
  file: string,
  content: AsyncIterable<string | Buffer>,
  ...through: Through[]
): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already: name another, or move it away`);
  const part = `${file}.part`;
  try {
    // The types know functions between streams in no list.
    const steps = through as NodeJS.ReadWriteStream[];
    await pipeline([Readable.from(content), ...steps, createWriteStream(part, { mode: 0o600, flush: true })]);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
