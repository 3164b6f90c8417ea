import { parentPort, workerData } from 'node:worker_threads';
import { planFile } from './rosterFile.ts';

// What planInThread starts: one file, one answer, and the thread is over.
parentPort?.postMessage(await planFile(workerData.file, workerData.now));
