import { Worker } from 'node:worker_threads';
import { refuse } from '../../protocol/errors.ts';

interface ThreadOf {
  /** Of the module that posts one message, which is the answer. */
  readonly module: URL;
  readonly data: unknown;
  /** What is made to take longer ends there. */
  readonly patienceMs: number;
  /** What is made to take more ends there: the thread, and not the server. */
  readonly mostMb: number;
}

/**
 * A file of somebody, read beside the event loop, which carries signalling and acts meanwhile.
 * @throws DomainError `too-large`, `bad-request` (the thread ended without an answer)
 */
export async function inThread<Answer>({ module, data, patienceMs, mostMb }: ThreadOf): Promise<Answer> {
  const worker = new Worker(module, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: mostMb },
    env: {},
  });
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(refuse('too-large', 'the file takes too long to read')), patienceMs);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse('too-large', 'the file unpacks to too much') : error),
      );
      worker.once('exit', () => {
        clearTimeout(timer);
        reject(refuse('bad-request', 'the file cannot be read'));
      });
    });
  } finally {
    await worker.terminate();
  }
}
