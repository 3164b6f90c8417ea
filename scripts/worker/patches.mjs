import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

const FOLDER = fileURLToPath(new URL('./patches/', import.meta.url));
const NAMED = /^(\d\d-[a-z-]+)\.patch$/;
/** The section of the worker's file that says which patches are in it, and how that text begins. */
const SECTION = '.dieu-hanh.patches';
const MARK = 'patches of dieu-hanh:';

/**
 * One change of ours to the worker's source.
 * @typedef {{ name: string, sha256: string }} Patch
 */

/** @returns {Patch[]} in the order in which they are applied */
export function patchesOf(folder = FOLDER) {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [, name] = NAMED.exec(file) ?? [];
      if (!name) throw new SetupError(`${join(folder, file)} is no patch: they are named NN-name.patch.`);
      return {
        name,
        sha256: createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      };
    });
}

/**
 * Applies all patches to an unpacked source. Lines may have moved; what is around a change must be as the patch says.
 * @param {string} tree the package's folder `worker`
 * @param {{ version: string, env?: NodeJS.ProcessEnv, folder?: string }} options `version`: of the source
 * @returns {Promise<Patch[]>} those that were applied
 * @throws SetupError naming the first that does not apply, and where
 */
export async function applyPatches(tree, { version, env = process.env, folder = FOLDER }) {
  const patches = patchesOf(folder);
  for (const { name } of patches) {
    let file = '';
    const refused = [];
    const onLine = (line) => {
      file = /^(?:patching|checking) file '?(\S+?)'?$/.exec(line)?.[1] ?? file;
      if (/^(Hunk #\d+ FAILED|can't find file|Reversed \(or previously)|malformed patch/.test(line))
        refused.push(`${file && `${file}: `}${line}`);
      return false;
    };
    const args = ['--forward', '--batch', '--fuzz=0', '-p1', '-i', join(folder, `${name}.patch`)];
    // What patch says is looked for in English.
    const options = { name: 'worker-patch', cwd: tree, env: { ...env, LC_ALL: 'C' }, onLine };
    await run('patch', args, options).catch((error) => {
      const why = (refused[0] ?? error.message).replace(/[.]+$/, '');
      throw new SetupError(`the patch ${name} does not apply to the worker of mediasoup ${version}: ${why}.`);
    });
  }
  return patches;
}

/** Writes into a built worker which patches it has, so that the file says it wherever it is copied to. */
export async function markPatches(worker, patches, { env, scratch }) {
  const text = join(scratch, 'patches.txt');
  writeFileSync(text, `${[MARK, ...patches.map(({ name, sha256 }) => `${name} ${sha256}`)].join('\n')}\n\0`);
  await run('objcopy', ['--add-section', `${SECTION}=${text}`, worker], { name: 'worker-mark', env });
}

/**
 * @param {string} worker its file
 * @returns {Patch[]} the patches that it says it has; none for one that was built elsewhere
 */
export function patchesIn(worker) {
  const bytes = readFileSync(worker);
  const at = bytes.lastIndexOf(`${MARK}\n`);
  if (at === -1) return [];
  const lines = bytes.toString('utf8', at, bytes.indexOf(0, at)).trim().split('\n').slice(1);
  return lines.map((line) => line.split(' ')).map(([name, sha256]) => ({ name, sha256 }));
}

/**
 * @param {string | undefined} worker its file
 * @param {string} name of a patch without which the caller's work makes no sense
 * @throws Error that says which worker it is and what to do
 */
export function requirePatch(worker, name) {
  if (!worker) throw new Error('MEDIASOUP_WORKER_BIN names no media worker: npm start -- --set-up-only makes one.');
  if (patchesIn(worker).some((patch) => patch.name === name)) return;
  throw new Error(
    `the media worker at MEDIASOUP_WORKER_BIN (${worker}) lacks the patch ${name}: name the one that npm start -- --set-up-only makes from this checkout.`,
  );
}
