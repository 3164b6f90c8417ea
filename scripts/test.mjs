/**
 * npm test: sets up like npm start (and Chromium and Firefox), then runs every stage. The last line is `N passed, N failed`.
 * usage: npm test -- [--only STAGE]... [--changed [BASE]]     stages: lint types unit contracts external scenarios conformance nodes e2e
 *   --changed: test files that can see what differs from BASE (where this branch left it; else main; on main, its last commit)
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideAcmeServer } from './setup/acmeServer.mjs';
import { provideBrowser, provideFirefox } from './setup/browser.mjs';
import { provideHaproxy } from './setup/haproxy.mjs';
import { setUp } from './setup/index.mjs';
import { provideNetworkTools } from './setup/networkTools.mjs';
import { cache, makeFolder } from './setup/place.mjs';
import { fail, SetupError, say, step } from './setup/progress.mjs';
import { providePrometheus } from './setup/prometheus.mjs';
import { changedSince, touched } from './testing/changed.mjs';
import { lint, types } from './testing/checks.mjs';
import { report } from './testing/figures.mjs';
import { History } from './testing/History.mjs';
import { Load } from './testing/Load.mjs';
import { memoryFolder } from './testing/memoryFolder.mjs';
import { chosenFiles, nodeTests } from './testing/nodeTests.mjs';
import { playwright } from './testing/playwright.mjs';
import { dayOf, FOLDERS, isForOneNode, turnOf } from './testing/severalNodes.mjs';
import { Tally } from './testing/Tally.mjs';
import { withShared } from './testing/withShared.mjs';

const MINUTE = 60_000;
/** What a whole run may take on two cores, in minutes. */
const LONGEST = 45;
const files =
  (folders, limitMs, { atOnce, whileIdle = 0, again = false, share = [], but, turn = (all) => all }) =>
  (options, tally) => {
    const chosen = turn(chosenFiles(folders, options.only).filter((file) => !but?.test(file)));
    if (chosen.length === 0) return;
    // One of a gentle stage, and more of them while nothing else is there to be done.
    const lanes = options.gentle ? { atOnce: 1, whileIdle: atOnce } : { atOnce, whileIdle };
    const stage = (more) => nodeTests({ ...more, files: chosen, limitMs, ...lanes, again }, tally);
    return share.length > 0 ? withShared(share, options, stage, tally) : stage(options);
  };

/** Stages in order. How many files run at once, and which run alone, is in testing/lanes.mjs; what becomes of one that fails, in testing/again.mjs. */
const stages = {
  lint,
  types,
  unit: files(['server/src', 'sfu-config/src', 'web/src', 'scripts'], 2 * MINUTE, { atOnce: 3 }),
  contracts: files(['server/test/contracts'], 20 * MINUTE, { atOnce: 4, share: ['postgres'] }),
  // What verification notices is the same on every PostgreSQL, and takes minutes to try on each column.
  external: files(['server/test/contracts'], 20 * MINUTE, {
    atOnce: 4,
    share: ['external'],
    but: /\/tamper\.test\.ts$/,
  }),
  // A node may have sixteen connections to the store, which takes a hundred: few more files than lanes.
  scenarios: files(['server/test/scenarios'], 4 * MINUTE, {
    atOnce: 3,
    whileIdle: 1,
    again: true,
    share: ['postgres', 'browser'],
  }),
  conformance: files(['server/test/conformance'], 4 * MINUTE, {
    atOnce: 3,
    whileIdle: 2,
    again: true,
    share: ['browser'],
  }),
  nodes: onTwoNodes,
  e2e: (options, tally) => playwright({ ...options, limitMs: 30 * MINUTE }, tally),
};
/** A worker that is not there yet is built while the others run: that is minutes of two cores, and they wait for disks and timers. */
const WORKER_STAGES = ['unit', 'scenarios', 'conformance', 'nodes', 'e2e'];
const ACME_STAGES = ['unit'];
/** Those that try us with programs which operators run beside a node. */
const BESIDE_STAGES = ['scenarios', 'e2e'];
const NETWORK_STAGES = ['scenarios', 'conformance', 'nodes', 'e2e'];
const BROWSER_STAGES = ['scenarios', 'conformance', 'nodes', 'e2e'];
/** These compute most of the time, and take what later stages leave, which wait for timers and packets. */
const GENTLE_STAGES = ['contracts', 'external'];
const WAITING_STAGES = ['scenarios', 'conformance', 'nodes'];
/** Pages show pictures that move, which want the cores for themselves. */
const LONELY_STAGES = ['e2e'];
const USAGE = `usage: npm test -- [--only STAGE]... [--changed [BASE]]\nstages: ${Object.keys(stages).join(' ')}`;

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    changed: { type: 'boolean' },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

try {
  if (positionals.length > (values.changed ? 1 : 0)) throw new SetupError(USAGE);
  const unknown = values.only?.find((name) => !(name in stages));
  if (unknown) throw new SetupError(`There is no stage ${unknown}: the stages are ${Object.keys(stages).join(' ')}.`);
  const only = values.changed ? whatChanged(positionals[0]) : undefined;
  const { node, env, bringWorker } = await setUp(process.env, { workerLater: true });
  const memory = memoryFolder();
  if (memory) process.env.TMPDIR = memory;
  else say('  what tests write goes to the disk: memory is short here, or nothing may be run from /dev/shm');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const tally = new Tally();
  const history = History.open();
  const chosen = Object.keys(stages).filter((name) => !values.only || values.only.includes(name));
  let browser = true;
  if (chosen.some((name) => BROWSER_STAGES.includes(name)))
    await step('chromium', (tell) => provideBrowser(env, tell)).catch((error) => {
      if (!(error instanceof SetupError)) throw error;
      browser = false;
      say(`${error.message} The stages that need a browser are skipped.`);
    });
  if (browser && chosen.includes('e2e'))
    await step('firefox', (tell) => provideFirefox(env, tell)).catch((error) => {
      if (!(error instanceof SetupError)) throw error;
      say(`${error.message} The stories in Firefox are skipped.`);
    });
  if (chosen.some((name) => NETWORK_STAGES.includes(name))) await step('network tools', provideNetworkTools);
  if (chosen.some((name) => ACME_STAGES.includes(name)))
    await step('ACME server', (tell) => provideAcmeServer(env, tell));
  if (chosen.some((name) => BESIDE_STAGES.includes(name))) {
    await step('Prometheus', (tell) => providePrometheus(env, tell));
    await step('HAProxy', (tell) => provideHaproxy(env, tell));
  }
  const withWorker = chosen.filter((name) => WORKER_STAGES.includes(name));
  const building = withWorker.length > 0 ? bringWorker?.() : undefined;
  // Told when it is waited for.
  building?.catch(() => undefined);
  const order = bringWorker ? [...chosen.filter((name) => !WORKER_STAGES.includes(name)), ...withWorker] : chosen;
  /** Gentle stages, one after the other. */
  let beside = Promise.resolve();
  for (const [i, name] of order.entries()) {
    if (WORKER_STAGES.includes(name)) await building;
    if (!browser && BROWSER_STAGES.includes(name)) {
      tally.add(`${name}: every test`, 'skipped', 'there is no Chromium');
      continue;
    }
    if (LONELY_STAGES.includes(name)) await beside;
    const gentle = GENTLE_STAGES.includes(name) && order.slice(i + 1).some((later) => WAITING_STAGES.includes(later));
    const run = () => runStage(name, { node, env: forTests(env), only, history, gentle }, tally);
    if (!gentle) await run();
    else beside = beside.then(run);
    // Told when it is waited for.
    beside.catch(() => undefined);
  }
  await beside;
  report(tally.runs);
  const minutes = performance.now() / MINUTE;
  if (minutes > LONGEST)
    console.log(`\nIt took ${minutes.toFixed(0)} minutes, and is to take no more than ${LONGEST}.`);
  process.exit(tally.close());
} catch (error) {
  fail(error);
}

/** @param options `gentle`: it runs beside the stages after it, and gives way to them */
async function runStage(name, options, tally) {
  const begin = performance.now();
  const load = new Load();
  const beside = options.gentle ? ', beside those that follow' : '';
  say(`stage ${name}${beside}`);
  await stages[name](options, tally.of(name));
  const busy = `${(100 * load.look()).toFixed(0)} % of the cores`;
  const took = `${((performance.now() - begin) / 1000).toFixed(0)} s${beside}, ${busy}, ${tally.cpuSeconds(name).toFixed(0)} s of CPU by the files`;
  say(`stage ${name}: ${tally.passed} passed, ${tally.failed.length} failed so far (${took})`);
}

/** @returns the files that the change can touch, or undefined for everything */
function whatChanged(base) {
  const { from, files: changed } = changedSince(base);
  const { only, why } = touched(changed);
  say(`changed since ${from.slice(0, 12)}: ${changed.length} files; ${only ? '' : 'everything runs, since '}${why}`);
  return only;
}

/** Files of scenarios and conformance once more: those whose turn it is today; all of them where the stage is asked for. */
function onTwoNodes(options, tally) {
  const day = dayOf();
  const all = values.only !== undefined;
  const env = { ...options.env, TEST_NODES: '2', TEST_SEED: options.env.TEST_SEED ?? `${day}` };
  say(`  TEST_NODES=2 TEST_SEED=${env.TEST_SEED}${all ? '' : ', the files of today'}`);
  const turn = (files) => {
    const two = files.filter((file) => !isForOneNode(file));
    return all ? two : turnOf(two, day);
  };
  const run = files(FOLDERS, 4 * MINUTE, { atOnce: 3, again: true, share: ['postgres', 'browser'], turn });
  return run({ ...options, env, on: 'two nodes' }, tally);
}

/** Quiet servers, folders where this process has them; and compiled code is kept, so that the next of two hundred processes need not compile it again. */
function forTests(env) {
  const compiled = join(makeFolder(cache), 'compiled');
  return { NODE_COMPILE_CACHE: compiled, ...env, TMPDIR: tmpdir(), LOG_LEVEL: env.LOG_LEVEL ?? 'error' };
}
