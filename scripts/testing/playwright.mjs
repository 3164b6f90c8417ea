import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { logs, root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { judge, MORE_RUNS } from './again.mjs';
import { isAlone } from './lanes.mjs';
import { ADDRESS, inOwnNetwork } from './ownNetwork.mjs';

const FOLDER = 'web/e2e';
/** Stories for which loopback alone is not enough run in a network of their own. */
const OWN_NETWORK = 'firefox.spec.ts';
/** How many files run at once of those that read and press, and wait for the next line: each takes half a core. */
const BESIDE = 3;

/** Runs the stories of web/e2e in real Chromium, and counts each. A file that failed runs again when all others are done. */
export async function playwright(options, tally) {
  // The first run makes the data of a demo, all others take a copy.
  const data = mkdtempSync(join(tmpdir(), 'dh-e2e-data-'));
  try {
    await tellStories({ ...options, env: { ...options.env, E2E_DATA: data } }, tally);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function tellStories({ only, history, ...options }, tally) {
  const specs = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.spec.ts'));
  const chosen = specs.filter((name) => !only || only.has(`${FOLDER}/${name}`)).sort();
  if (chosen.length === 0) return say(`  no stories in ${FOLDER}${only ? ' that the change can touch' : ''}`);
  const alone = chosen.filter((name) => isAlone(`${FOLDER}/${name}`) && name !== OWN_NETWORK);
  const beside = chosen.filter((name) => !isAlone(`${FOLDER}/${name}`));
  const results = [];
  if (beside.length > 0) results.push(await runSpecs(beside, options, BESIDE));
  for (const specs of [alone, chosen.filter((name) => name === OWN_NETWORK)])
    if (specs.length > 0) results.push(await runSpecs(specs, options));
  const runs = results.flatMap((result) => result.runs);
  const failure = results.map((result) => result.failure).find(Boolean);
  for (const first of runs) {
    const all = [first];
    tally.took(first);
    for (let i = 1; first.failed && i <= MORE_RUNS && !all.slice(1).some((later) => later.failed); i++) {
      say(`  again, ${i} of ${MORE_RUNS}: ${first.file}`);
      const later = await runSpecs([first.file.slice(FOLDER.length + 1)], options);
      all.push(later.runs[0] ?? { ...first, tests: [unfinished(later.failure)] });
      tally.took(all.at(-1));
    }
    tally.judge(first.file, judge(all, history.of(first.file)));
    history.add(first.file, first.failed, first.seconds);
  }
  const missing = chosen.filter((name) => !runs.some(({ file }) => file.endsWith(`/${name}`)));
  if (missing.length > 0 || (failure && !runs.some(({ failed }) => failed)))
    tally.add('e2e: the run ends well', 'failed', failure ?? `nothing was heard of ${missing.join(', ')}`);
}

const unfinished = (failure) => ({ name: 'e2e: the run ends well', outcome: 'failed', why: failure });

/** @returns {Promise<{ runs: import('./again.mjs').Run[], failure?: string }>} one run for each file, and why the whole ended badly */
async function runSpecs(specs, { node, env, limitMs }, workers = 1) {
  const report = join(logs, 'e2e.json');
  rmSync(report, { force: true });
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const onLine = (line) => {
    if (!/^\s*(✓|✘|-|ok|x)\s/.test(line)) return false;
    say(`  ${line.trim()}`);
    return true;
  };
  const options = {
    name: 'e2e',
    cwd: join(root, 'web'),
    onLine,
    tell: say,
    timeoutMs: limitMs,
    env: { ...env, CI: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  };
  const args = [cli, 'test', '--reporter=list,json', `--workers=${workers}`, ...specs.map((name) => `/${name}`)];
  const own = specs.includes(OWN_NETWORK) ? inOwnNetwork(node, args) : undefined;
  if (own) options.env.MEDIA_ADDRESS = ADDRESS;
  const failure = await run(...(own ?? [node, args]), options).then(
    () => undefined,
    (error) => error.message,
  );
  const suites = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).suites : [];
  return { runs: suites.map(runOf), failure };
}

/** @param suite one file in the report of Playwright */
export function runOf(suite) {
  const tests = [];
  const skipped = new Map();
  let ms = 0;
  walk(suite, ` ${suite.title}`);
  for (const [why, count] of skipped)
    tests.push({ name: `e2e ${suite.file}: ${why}, ${count} times`, outcome: 'skipped' });
  const failed = tests.some(({ outcome }) => outcome === 'failed');
  return { file: `${FOLDER}/${basename(suite.file)}`, tests, failed, seconds: ms / 1000, cpuSeconds: 0 };

  function walk({ suites = [], specs = [] }, path) {
    for (const { title, tests: ofBrowsers } of specs)
      for (const { status, results, annotations, projectName } of ofBrowsers) {
        if (status === 'skipped') {
          const why = annotations.find(({ type }) => type === 'skip')?.description ?? '';
          skipped.set(why, (skipped.get(why) ?? 0) + 1);
          continue;
        }
        const took = results.reduce((sum, { duration }) => sum + duration, 0);
        ms += took;
        const name = `e2e${path}: ${title}${projectName ? ` (${projectName})` : ''}`;
        const why = results.at(-1)?.error?.message;
        tests.push({ name, outcome: status === 'unexpected' ? 'failed' : 'passed', why, ms: took });
      }
    for (const inner of suites) walk(inner, `${path} ${inner.title}`);
  }
}
