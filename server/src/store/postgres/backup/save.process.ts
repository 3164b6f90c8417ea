/** Makes one backup and verifies its record, in a process that gives way to all others. It gets its order by the channel. (AU19) */
import { setPriority } from 'node:os';
import { Snapshot } from '../base/Snapshot.ts';
import { verifyDatabase } from '../record/verifyDatabase.ts';
import type { SaveAnswer, SaveOrder } from './BackupProcess.ts';
import { saveBackup } from './saveBackup.ts';

const LEAST_URGENT = 19;

setPriority(LEAST_URGENT);
// Whoever ordered it is gone.
process.on('disconnect', () => process.exit(1));
process.once('message', (order: SaveOrder) => {
  save(order)
    .catch((error: unknown): SaveAnswer => ({ failed: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});

async function save({ databaseUrl, file, recipients }: SaveOrder): Promise<SaveAnswer> {
  const snapshot = await Snapshot.create(databaseUrl);
  try {
    await saveBackup(snapshot, file, recipients);
    const { problems } = await verifyDatabase(snapshot);
    return { isInOrder: problems.length === 0 };
  } finally {
    await snapshot.close();
  }
}
