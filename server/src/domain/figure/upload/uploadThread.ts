import { parentPort, workerData } from 'node:worker_threads';
import { readUpload } from './readUpload.ts';

// What readInThread starts: one file, one answer, and the thread is over.
parentPort?.postMessage(await readUpload(workerData));
