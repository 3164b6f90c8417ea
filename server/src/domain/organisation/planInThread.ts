import { Worker } from 'node:worker_threads';
import { refuse } from '../../protocol/errors.ts';
import type { RosterNow } from './roster.ts';
import type { PlannedOrNot, RosterFile } from './rosterFile.ts';

/** Ten times what 11,000 units take, and less than a transaction may wait: a file that is made to take longer ends here. */
const PATIENCE_MS = 9_000;
/** A workbook may be a thousand times as large as its file: the thread ends, the server goes on. */
const MOST_MB = 512;

/** IM4: beside the event loop, which carries signalling and acts meanwhile. @throws DomainError `too-large` */
export async function planInThread(file: RosterFile, now: RosterNow): Promise<PlannedOrNot> {
  const worker = new Worker(new URL('./rosterThread.ts', import.meta.url), {
    workerData: { file, now },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    env: {},
  });
  try {
    return await new Promise<PlannedOrNot>((resolve, reject) => {
      const timer = setTimeout(() => reject(refuse('too-large', 'the file takes too long to read')), PATIENCE_MS);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse('too-large', 'the file unpacks to too much') : error),
      );
      worker.once('exit', () => clearTimeout(timer));
    });
  } finally {
    await worker.terminate();
  }
}
