import { setTimeout as sleep } from 'node:timers/promises';
import { type PatchedWorker, type PatchedWorkerOptions, startPatched } from './startPatched.ts';

/** Between attempts to start a worker in the place of one that died. */
const RESTART_PAUSE_MS = 500;

/**
 * Starts a worker on the port of one that died, and tries until one stands: without it the node carries nobody there.
 * @param isOver whether the node closed meanwhile; then there is none
 * @param failed told of each attempt that failed
 */
export async function replaceDeadWorker(
  options: PatchedWorkerOptions,
  isOver: () => boolean,
  failed: (error: Error) => void,
): Promise<PatchedWorker | undefined> {
  while (!isOver()) {
    try {
      const running = await startPatched(options);
      if (!isOver()) return running;
      running.worker.close();
    } catch (error) {
      failed(error as Error);
      await sleep(RESTART_PAUSE_MS, undefined, { ref: false });
    }
  }
  return undefined;
}
