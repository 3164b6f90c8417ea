import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logs, makeFolder } from '../setup/place.mjs';

const SHOWN = 10;

/** Prints where the time went, and leaves all of it in a file. @param {(import('./again.mjs').Run & { stage: string })[]} runs */
export function report(runs) {
  if (runs.length === 0) return;
  const file = join(makeFolder(logs), 'test-times.json');
  writeFileSync(file, JSON.stringify(runs, undefined, 1));
  const slowest = runs.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
  const line = ({ stage, file, seconds, cpuSeconds }) =>
    `  ${seconds.toFixed(1).padStart(6)} s ${cpuSeconds.toFixed(1).padStart(6)} s of CPU  ${stage}: ${file}`;
  console.log(`\nThe slowest files (all of them, by test, in ${file}):\n${slowest.map(line).join('\n')}`);
}
