/**
 * Builds the media worker into the cache while its caller goes on with something else, to which it leaves the cores.
 * usage: node scripts/setup/buildWorker.mjs NODE     NODE: Node 24, which runs the trial
 */
import { setPriority } from 'node:os';
import { fail } from './progress.mjs';
import { provideWorker } from './worker.mjs';

setPriority(10);
await provideWorker({ ...process.env }, process.argv[2], console.log).catch(fail);
