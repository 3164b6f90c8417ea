import { delimiter, dirname, join } from 'node:path';
import { provideLauncher } from './confinement.mjs';
import { alone } from './lock.mjs';
import { findNode, installPackages } from './packages.mjs';
import { cache, distribution, logs, makeFolder, root } from './place.mjs';
import { SetupError, say, step } from './progress.mjs';
import { provideRedis } from './redis.mjs';
import { run } from './run.mjs';
import { buildWeb } from './web.mjs';
import { provideWorker, workerIsThere } from './worker.mjs';

/**
 * Everything that the server needs before it can run; each step is skipped when it is done already.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ workerLater?: boolean }} options whether a media worker that is to be built may come afterwards
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, bringWorker?: () => Promise<void> }>} Node 24, the environment in which the server
 *   finds what was set up, and what builds the worker that is still missing
 */
export async function setUp(env, { workerLater = false } = {}) {
  const { PRETTY_NAME = 'an unknown system' } = distribution();
  if (process.platform !== 'linux')
    throw new SetupError('this runs on Linux only; on another system use the container (docker compose up).');
  say(`set-up on ${PRETTY_NAME}, ${process.arch}, Node ${process.versions.node}; cache ${cache}`);
  makeFolder(logs);
  const prepared = { ...env };
  let node = '';
  let later = false;
  const onWait = (pid) => say(`another set-up of this checkout runs (process ${pid}), waiting for it`);
  await alone('setup', root, onWait, async () => {
    await step('packages', installPackages);
    await step('node', async () => {
      node = findNode();
      // The tools among the packages start `node` by name: they get this one.
      prepared.PATH = `${dirname(node)}${delimiter}${env.PATH}`;
      return node;
    });
    await step('redis', (tell) => provideRedis(prepared, tell));
    later = workerLater && !workerIsThere(prepared);
    if (!later) await step('media worker', (tell) => provideWorker(prepared, node, tell));
    await step('walls of media workers', (tell) => provideLauncher(prepared, tell));
    await step('web app', (tell) => buildWeb(prepared, tell));
  });
  return { node, env: prepared, ...(later && { bringWorker: () => bringWorker(prepared, node) }) };
}

/** Builds the worker in a process that gives way to all others. */
const bringWorker = (env, node) =>
  step('media worker', async (tell) => {
    const onLine = (line) => {
      tell(line);
      return true;
    };
    await run(process.execPath, [join(root, 'scripts/setup/buildWorker.mjs'), node], { name: 'worker', env, onLine });
    return provideWorker(env, node, tell);
  });
