/**
 * What becomes of a file that fails. A busy machine may drop packets and frames on its own, so one failure is looked at twice more; two failures of
 * three runs are a defect, whether the three runs are of this day or of the last ones.
 * @typedef {{ name: string, outcome: 'passed' | 'failed' | 'skipped', why?: string, ms?: number }} Test
 * @typedef {{ file: string, tests: Test[], failed: boolean, seconds: number, cpuSeconds: number }} Run
 */

/** Runs after a first failure. */
export const MORE_RUNS = 2;
/** Runs of a file that are remembered, this one with them. */
export const REMEMBERED = 3;

/**
 * @param {Run[]} runs of one file in their order: one that passed, or one that failed and those after it
 * @param {boolean[]} before whether each of the last runs of this file, oldest first, passed only when it was run again
 * @returns {{ tests: Test[], again: Test[], needed: boolean, verdict?: string }} the tests to be counted; those that passed only in later runs; whether
 *   the later runs were needed; and the sentence of a failure that no single test has
 */
export function judge(runs, before) {
  const [first, ...more] = runs;
  if (!first.failed) return { tests: first.tests, again: [], needed: false };
  const broken = more.find((run) => run.failed);
  if (broken) return { tests: broken.tests, again: [], needed: true };
  if (more.length === 0) return { tests: first.tests, again: [], needed: true };
  const again = first.tests.filter((test) => test.outcome === 'failed');
  const recent = before.slice(1 - REMEMBERED);
  const often = recent.filter(Boolean).length + 1;
  const verdict =
    often >= 2
      ? `it failed at first in ${often} of its last ${recent.length + 1} runs, and passed when run again`
      : undefined;
  return { tests: more.at(-1).tests, again, needed: true, verdict };
}
