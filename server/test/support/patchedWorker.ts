import { createWorker, type types as ms } from 'mediasoup';

const place = new URL('../../../scripts/worker/patches.mjs', import.meta.url).href;

/**
 * A worker of its own, with the one of MEDIASOUP_WORKER_BIN.
 * @param patch what it must have in it
 * @param workerBin what starts it, if not the file itself does
 * @throws Error that says so plainly when it has not: one that was built before knows nothing of it
 */
export async function patchedWorker(patch: string, workerBin?: string): Promise<ms.Worker> {
  const patches: { requirePatch(worker: string | undefined, name: string): void } = await import(place);
  patches.requirePatch(process.env.MEDIASOUP_WORKER_BIN, patch);
  return createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) });
}
