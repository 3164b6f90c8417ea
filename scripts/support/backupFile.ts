import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { byLine } from '../../server/src/lib/byLine.ts';
import { DamagedBackup } from '../../server/src/store/postgres/backup/check.ts';
import { decrypted, isEncrypted } from '../../server/src/store/postgres/backup/encryption.ts';

/**
 * Lines of a backup in a compressed file.
 * @param identities private keys, for an encrypted one
 * @throws DamagedBackup
 */
export async function* readBackup(file: string, identities: readonly string[] = []): AsyncGenerator<Buffer> {
  const packed = (await isEncrypted(file)) ? decipher(file, identities) : createReadStream(file);
  const unzipped = createGunzip();
  const source = Readable.from(packed);
  // Errors are thrown below.
  source.on('error', (error) => unzipped.destroy(error));
  source.pipe(unzipped);
  try {
    yield* byLine(unzipped);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_'))
      throw new DamagedBackup('the backup is damaged or cut short: it can not be unpacked', { cause: error });
    throw error;
  } finally {
    unzipped.destroy();
    source.destroy();
  }
}

async function* decipher(file: string, identities: readonly string[]): AsyncGenerator<Buffer> {
  if (identities.length === 0)
    throw new Error(`${file} is encrypted: name the file of a key that reads it by --identity`);
  try {
    yield* decrypted(createReadStream(file), identities);
  } catch (error) {
    const isForOthers = error instanceof Error && error.message.includes('no identity matched');
    const text = isForOthers
      ? 'the backup is encrypted to other keys than the one that was named'
      : 'the backup is damaged or cut short: it can not be decrypted';
    throw isForOthers ? new Error(text, { cause: error }) : new DamagedBackup(text, { cause: error });
  }
}
