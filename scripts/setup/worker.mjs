import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readElf, unprotected } from '../support/elf.mjs';
import { buildWorker } from '../worker/build.mjs';
import { lockedSource } from '../worker/source.mjs';
import { alone } from './lock.mjs';
import { cache, makeFolder, root } from './place.mjs';
import { SetupError } from './progress.mjs';
import { run } from './run.mjs';
import { cachedWorkers, folderOf, knownVersions, newerParts, recipeOf } from './workerCache.mjs';

/** Its code is known to call these when it is compiled with stack protector and _FORTIFY_SOURCE. */
export const WORKER_CALLS = ['__stack_chk_fail', '__snprintf_chk'];

/**
 * The media worker: the one named in MEDIASOUP_WORKER_BIN, else from the cache, else built here. One in the cache is taken while nothing that is
 * linked into it is known here in a newer version. Sets MEDIASOUP_WORKER_BIN in `env`.
 * @param {string} node Node 24, which runs the trial
 */
export async function provideWorker(env, node, tell) {
  if (env.MEDIASOUP_WORKER_BIN) return `${env.MEDIASOUP_WORKER_BIN}, as MEDIASOUP_WORKER_BIN says`;
  const workers = makeFolder(join(cache, 'worker'));
  return alone(
    'worker',
    workers,
    (pid) => tell(`process ${pid} is getting it already, waiting`),
    async () => {
      const found = cachedWorkers();
      const current = found.find(({ manifest }) => newerParts(manifest).length === 0);
      if (current) {
        env.MEDIASOUP_WORKER_BIN = current.file;
        return 'from the cache';
      }
      const [older] = found;
      if (older) tell(`what is linked into the worker has changed: ${newerParts(older.manifest).join(', ')}`);
      try {
        env.MEDIASOUP_WORKER_BIN = await build(node, join(workers, 'scratch'), tell);
        return 'built here';
      } catch (error) {
        if (!older || !(error instanceof SetupError)) throw error;
        // Better a briefing with last week's libraries than none; every start says so, and tries again.
        env.MEDIASOUP_WORKER_BIN = older.file;
        return `THE OLDER ONE FROM THE CACHE, since a new one cannot be built: ${error.message}`;
      }
    },
  );
}

/** Whether nothing is left to do. */
export const workerIsThere = (env) =>
  Boolean(env.MEDIASOUP_WORKER_BIN) || cachedWorkers().some(({ manifest }) => newerParts(manifest).length === 0);

/** The worker that an earlier set-up left in the cache, though parts of it may have become older; undefined when there is none. */
export function cachedWorker() {
  const found = cachedWorkers();
  return (found.find(({ manifest }) => newerParts(manifest).length === 0) ?? found[0])?.file;
}

/** @returns {Promise<string>} its file in the cache */
async function build(node, scratch, tell) {
  tell('building it from the source that the lockfile names: some minutes, once');
  const part = `${scratch}.worker`;
  const recipe = recipeOf();
  const parts = await buildWorker({ scratch, out: part, tell });
  const lacks = unprotected(readElf(part), WORKER_CALLS);
  if (lacks.length > 0) throw new SetupError(`the worker is not protected: ${lacks.join('; ')}.`);
  await tryOut(part, node);
  const sha256 = createHash('sha256').update(readFileSync(part)).digest('hex');
  const manifest = {
    recipe,
    integrity: lockedSource().integrity,
    sha256,
    parts,
    known: knownVersions(parts),
  };
  const folder = folderOf(manifest);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'mediasoup-worker');
  // The manifest comes last: without it there is no worker.
  renameSync(part, file);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return file;
}

/** A worker counts only when it has forwarded packets on this very machine. */
function tryOut(file, node) {
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: file };
  const advice = 'The worker does not run here: delete the folder of the cache and start again.';
  return run(node, [join(root, 'scripts/worker/smoke.mjs')], { name: 'worker-smoke', env, advice, timeoutMs: 30_000 });
}
