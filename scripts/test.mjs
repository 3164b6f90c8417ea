/**
 * npm test: sets up like npm start (and Chromium), then runs every stage. The last line is `N passed, N failed`.
 * usage: npm test -- [--only STAGE]...     stages: lint types unit contracts external scenarios conformance e2e
 */
import { parseArgs } from 'node:util';
import { provideBrowser } from './setup/browser.mjs';
import { setUp } from './setup/index.mjs';
import { provideNetworkTools } from './setup/networkTools.mjs';
import { fail, SetupError, say, step } from './setup/progress.mjs';
import { lint, types } from './testing/checks.mjs';
import { external } from './testing/external.mjs';
import { nodeTests } from './testing/nodeTests.mjs';
import { playwright } from './testing/playwright.mjs';
import { Tally } from './testing/Tally.mjs';

const MINUTE = 60_000;
const files =
  (folders, limitMs, { atOnce = 1, again = false } = {}) =>
  (options, tally) =>
    nodeTests({ ...options, folders, limitMs, atOnce, again }, tally);

/**
 * Stages in order. Those with media or network run one file at a time, so that they do not take the cores from each other; a file of theirs that
 * fails runs once more, since a busy machine may drop packets and frames on its own, and is named when that helped.
 */
const stages = {
  lint,
  types,
  unit: files(['server/src', 'sfu-config/src', 'web/src', 'scripts'], 2 * MINUTE, { atOnce: 2 }),
  contracts: files(['server/test/contracts'], 4 * MINUTE),
  external: (options, tally) =>
    external({ ...options, folders: ['server/test/contracts'], limitMs: 4 * MINUTE, atOnce: 1 }, tally),
  scenarios: files(['server/test/scenarios'], 4 * MINUTE, { again: true }),
  conformance: files(['server/test/conformance'], 4 * MINUTE, { again: true }),
  e2e: (options, tally) => playwright({ ...options, limitMs: 30 * MINUTE }, tally),
};
const NETWORK_STAGES = ['scenarios', 'conformance'];
const BROWSER_STAGES = ['scenarios', 'conformance', 'e2e'];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(`usage: npm test -- [--only STAGE]...\nstages: ${Object.keys(stages).join(' ')}`);
  process.exit(0);
}

try {
  const unknown = values.only?.find((name) => !(name in stages));
  if (unknown) throw new SetupError(`There is no stage ${unknown}: the stages are ${Object.keys(stages).join(' ')}.`);
  const { node, env } = await setUp(process.env);
  const tally = new Tally();
  const chosen = Object.keys(stages).filter((name) => !values.only || values.only.includes(name));
  let browser = true;
  if (chosen.some((name) => BROWSER_STAGES.includes(name)))
    await step('chromium', (tell) => provideBrowser(env, tell)).catch((error) => {
      if (!(error instanceof SetupError)) throw error;
      browser = false;
      say(`${error.message} The stages that need a browser are skipped.`);
    });
  if (chosen.some((name) => NETWORK_STAGES.includes(name))) await step('network tools', provideNetworkTools);
  for (const name of chosen) {
    if (!browser && BROWSER_STAGES.includes(name)) {
      tally.add(`${name}: every test`, 'skipped', 'there is no Chromium');
      continue;
    }
    const begin = performance.now();
    say(`stage ${name}`);
    await stages[name]({ node, env: { ...env, LOG_LEVEL: env.LOG_LEVEL ?? 'error' } }, tally);
    say(
      `stage ${name}: ${tally.passed} passed, ${tally.failed.length} failed so far (${((performance.now() - begin) / 1000).toFixed(0)} s)`,
    );
  }
  process.exit(tally.close());
} catch (error) {
  fail(error);
}
