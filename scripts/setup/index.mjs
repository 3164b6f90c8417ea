import { delimiter, dirname } from 'node:path';
import { provideLauncher } from './confinement.mjs';
import { alone } from './lock.mjs';
import { findNode, installPackages } from './packages.mjs';
import { cache, distribution, logs, makeFolder, root } from './place.mjs';
import { SetupError, say, step } from './progress.mjs';
import { provideRedis } from './redis.mjs';
import { buildWeb } from './web.mjs';
import { provideWorker } from './worker.mjs';

/**
 * Everything that the server needs before it can run; each step is skipped when it is done already.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} Node 24, and the environment in which the server finds what was set up
 */
export async function setUp(env) {
  const { PRETTY_NAME = 'an unknown system' } = distribution();
  if (process.platform !== 'linux')
    throw new SetupError('this runs on Linux only; on another system use the container (docker compose up).');
  say(`set-up on ${PRETTY_NAME}, ${process.arch}, Node ${process.versions.node}; cache ${cache}`);
  makeFolder(logs);
  const prepared = { ...env };
  let node = '';
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
    await step('media worker', (tell) => provideWorker(prepared, node, tell));
    await step('walls of media workers', (tell) => provideLauncher(prepared, tell));
    await step('web app', (tell) => buildWeb(prepared, tell));
  });
  return { node, env: prepared };
}
