import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { judge, MORE_RUNS } from './again.mjs';
import { Load } from './Load.mjs';
import { inLanes, likelySeconds } from './lanes.mjs';
import { runFile } from './runFile.mjs';

/**
 * Runs the test files of a stage. @param {object} options
 *   `files`: from the root of the checkout; `atOnce` of them run, and `whileIdle` more while the machine idles; `on`: where they run, when the same files run twice; `gentle`: they give way to whatever runs beside them; `again`: a file that failed runs
 *   again, alone, when all others are done; `history`: how it went in the last runs
 * @param {ReturnType<import('./Tally.mjs').Tally['of']>} tally
 */
export async function nodeTests(
  { files: chosen, atOnce = 1, whileIdle = 0, again = false, history, on, ...more },
  tally,
) {
  const options = { ...more, on };
  // The longest first, so that none of them is left over at the end.
  const seconds = (file) => history?.seconds(on ? `${file} on ${on}` : file) ?? likelySeconds(file);
  const files = chosen.toSorted((a, b) => (seconds(b) === seconds(a) ? 0 : seconds(b) - seconds(a)));
  const failed = [];
  const work = async (file, place) => {
    const run = await runFile(file, { ...options, place });
    tally.took(run);
    if (again && run.failed) failed.push([file, run]);
    else settle([run]);
  };
  // Whoever gives way asks whether anything runs; to all others it is not there.
  await inLanes(files, atOnce, work, { whileIdle, load: new Load({ gentle: more.gentle === true }) });
  for (const [file, first] of failed) {
    const runs = [first];
    for (let i = 1; i <= MORE_RUNS && !runs.slice(1).some((run) => run.failed); i++) {
      runs.push(await runFile(file, { ...options, place: `again, ${i} of ${MORE_RUNS}:` }));
      tally.took(runs.at(-1));
    }
    settle(runs);
  }

  /** Counts the tests of one file, and remembers whether it had to run again. */
  function settle(runs) {
    const { file } = runs[0];
    tally.judge(file, judge(runs, history?.of(file) ?? []));
    history?.add(file, runs.length > 1, runs.at(-1).seconds);
  }
}

/** @returns the files of a stage that may run, and says so where there is none */
export function chosenFiles(folders, only) {
  const files = folders.flatMap(testFiles).filter((file) => !only || only.has(file));
  if (files.length === 0) say(`  no test file in ${folders.join(', ')}${only ? ' can see the change' : ''}`);
  return files.sort();
}

export function testFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true });
  return names
    .filter((name) => /\.test\.(ts|mjs)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}
