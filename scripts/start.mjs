/**
 * npm start: sets up whatever is missing, then serves and keeps the server alive. Plain JavaScript on Node 20's own modules alone, since
 * nothing else is there yet on a new machine.
 */
import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { cachedLauncher } from './setup/confinement.mjs';
import { setUp } from './setup/index.mjs';
import { askHolder, takeLock } from './setup/lock.mjs';
import { findNode } from './setup/packages.mjs';
import { root } from './setup/place.mjs';
import { fail, SetupError } from './setup/progress.mjs';
import { giveUpRoot, prepareRights } from './setup/rights.mjs';
import { supervise } from './setup/supervisor.mjs';
import { cachedWorker } from './setup/worker.mjs';

if (process.argv.includes('--help')) {
  console.log(
    `npm start: sets up what is missing, then serves at http://HOST:PORT (README.md lists the variables).\n  --set-up-only   ends when everything is set up\n  --no-set-up     serves with what is there, for a machine that was set up before (systemd, container)
  --share ADDRESS lets other nodes reach its PostgreSQL and Redis at this address of the machine, over TLS (SHARE_STORES); with HOST=ADDRESS
  --join URL      works beside the node at URL, whose secret CLUSTER_SECRET_FILE holds (JOIN_URL); with an address of its own in HOST`,
  );
  process.exit(0);
}

/** What follows an option, as the setting that it stands for. */
function optionsAsSettings(args) {
  const settings = {};
  for (const [option, name] of [
    ['--share', 'SHARE_STORES'],
    ['--join', 'JOIN_URL'],
  ]) {
    const at = args.indexOf(option);
    if (at < 0) continue;
    const value = args[at + 1];
    if (!value || value.startsWith('--')) throw new SetupError(`${option} needs what follows it: npm start -- --help.`);
    settings[name] = value;
  }
  return settings;
}

/** @returns the real path of DATA_DIR, made when it is missing */
function openFolder(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    return realpathSync(dataDir);
  } catch (error) {
    if (error.code === 'ENOSPC')
      throw new SetupError(`the disk of ${dataDir} is full: make room there, then start again.`);
    const why = error.code === 'EROFS' ? 'its file system is read-only' : 'it is not theirs';
    throw new SetupError(
      `${dataDir} cannot be written by ${userInfo().username} (${why}, ${error.code}): start as who owns it, give it away with chown -R, or set another DATA_DIR.`,
    );
  }
}

/** Without variables that are set to nothing. */
const filled = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));

/** What an earlier set-up left. */
function asItIs(env) {
  const { MEDIASOUP_WORKER_BIN = cachedWorker(), MEDIA_LAUNCHER = cachedLauncher() } = filled(env);
  return { node: findNode(), env: { ...env, MEDIASOUP_WORKER_BIN, MEDIA_LAUNCHER } };
}

try {
  const dataDir = resolve(root, process.env.DATA_DIR || '.data');
  const folder = openFolder(dataDir);
  const url = process.env.PUBLIC_URL || `port ${process.env.PORT || 8080}`;
  const setUpOnly = process.argv.includes('--set-up-only');
  if (!setUpOnly && !(await takeLock('server', folder, { url }))) {
    const holder = await askHolder('server', folder);
    throw new SetupError(
      `A server already runs on the data in ${folder} (process ${holder?.pid}, ${holder?.url}): use it, stop it, or set another DATA_DIR and PORT.`,
    );
  }
  const env = { ...process.env, DATA_DIR: dataDir, ...optionsAsSettings(process.argv.slice(2)) };
  const prepared = process.argv.includes('--no-set-up') ? asItIs(env) : await setUp(env);
  if (setUpOnly) {
    prepareRights(prepared);
    process.exit(0);
  }
  process.exit(await supervise(giveUpRoot(prepared)));
} catch (error) {
  fail(error);
}
