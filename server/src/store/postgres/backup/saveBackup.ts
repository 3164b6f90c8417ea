import { createGzip } from 'node:zlib';
import { writeWhole } from '../../../lib/writeWhole.ts';
import type { Snapshot } from '../base/Snapshot.ts';
import { dump } from './dump.ts';
import { encryptedTo } from './encryption.ts';

/** Writes a whole backup, encrypted if there are recipients. (AU12, AU18) @throws Error when the file is there or cannot be written */
export async function saveBackup(snapshot: Snapshot, file: string, recipients: readonly string[]): Promise<void> {
  const encryption = recipients.length > 0 ? [encryptedTo(recipients)] : [];
  await writeWhole(file, dump(snapshot), createGzip(), ...encryption);
}
