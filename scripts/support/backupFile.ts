import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { byLine } from '../../server/src/lib/byLine.ts';
import { DamagedBackup } from '../../server/src/store/postgres/backup/check.ts';

/** Lines of a backup in a compressed file. @throws DamagedBackup */
export async function* readBackup(file: string): AsyncGenerator<Buffer> {
  const unzipped = createGunzip();
  pipeline(createReadStream(file), unzipped, () => undefined); // errors are thrown below
  try {
    yield* byLine(unzipped);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_'))
      throw new DamagedBackup('the backup is damaged or cut short: it can not be unpacked', { cause: error });
    throw error;
  } finally {
    unzipped.destroy();
  }
}
