import { Worker } from 'node:worker_threads';
import { DomainError, type Problem, refuse } from '../../../protocol/errors.ts';
import type { UploadFile } from './readUpload.ts';
import type { UploadRows } from './uploadRows.ts';

/** Ten times what fifty thousand cells take: a file that is made to take longer ends here. */
const PATIENCE_MS = 20_000;
/** A file may unpack to a thousand times its size: the thread ends, the server goes on. */
const MOST_MB = 256;

/** FG74: beside the event loop, which carries signalling and acts meanwhile. @throws DomainError `bad-request`, `too-large` */
export async function readInThread(file: UploadFile): Promise<UploadRows> {
  const worker = new Worker(new URL('./uploadThread.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
    env: {},
  });
  try {
    const found = await new Promise<UploadRows | Problem>((resolve, reject) => {
      const timer = setTimeout(() => reject(refuse('too-large', 'the file takes too long to read')), PATIENCE_MS);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse('too-large', 'the file unpacks to too much') : error),
      );
      worker.once('exit', () => clearTimeout(timer));
    });
    if ('error' in found) throw new DomainError(found.error.reason, found.error.message);
    return found;
  } finally {
    await worker.terminate();
  }
}
