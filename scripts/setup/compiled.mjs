import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openPlace, PLACE } from './accounts.mjs';
import { cache, hashOf, isRoot, root } from './place.mjs';
import { say } from './progress.mjs';
import { ask } from './run.mjs';

const FOLDER = join(PLACE, 'compiled');
const SOURCES = ['server/src', 'sfu-config/src', 'package-lock.json', 'scripts/setup/compileServer.ts'];

/**
 * Compiled code of the server (Node's compile cache), made as root in a folder of root's. Node checks an entry by a CRC32 alone, so an account that
 * may write there decides what the next start runs. (RG4)
 * @param {string} node the program that runs the server
 * @param {number} uid the account that runs it: Node looks in a folder of that number
 * @returns {string | undefined} the value of NODE_COMPILE_CACHE; undefined if the server cannot be compiled
 */
export function placeCompiled(node, uid) {
  openPlace(FOLDER, 0o755);
  const { checkout, folder } = placeOf(node, uid);
  if (existsSync(folder)) return folder;
  const part = mkdtempSync(join(FOLDER, 'new-'));
  if (!compileInto(part, node, uid)) {
    rmSync(part, { recursive: true, force: true });
    say('compiled code: none, since the server cannot be compiled here; each start takes a second longer');
    return undefined;
  }
  try {
    renameSync(part, folder);
  } catch (error) {
    // Another start was faster.
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(FOLDER))
    if (name.startsWith(`${checkout}-`) && join(FOLDER, name) !== folder)
      rmSync(join(FOLDER, name), { recursive: true, force: true });
  return folder;
}

/** The folder that root has placed for this account, for a service that root does not start; undefined if there is none. */
export function placedCompiled(node) {
  const { folder } = placeOf(node, process.getuid());
  return existsSync(folder) ? folder : undefined;
}

/**
 * Compiles the server's modules into a folder that everybody may read.
 * @returns {boolean} whether it did
 */
export function compileInto(folder, node, uid) {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: folder };
  const made = ask(node, [join(root, 'scripts/setup/compileServer.ts')], { cwd: root, env })?.trim();
  if (!made || dirname(made) !== folder) return false;
  // The last part of the name is the number of the account that compiled.
  renameSync(made, made.replace(new RegExp(`-${process.getuid()}$`), `-${uid}`));
  return ask('chmod', ['-R', 'u=rwX,go=rX', folder]) !== undefined;
}

/** Named after the checkout and the account, then after the sources and the Node that compiled them. */
function placeOf(node, uid) {
  const hash = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
  const program = realpathSync(node);
  const { size, mtimeMs } = statSync(program);
  const checkout = hash(root, uid);
  const sources = hash(program, size, mtimeMs, hashOf(...SOURCES.map((path) => join(root, path))));
  return { checkout, folder: join(FOLDER, `${checkout}-${sources}`) };
}

/**
 * The setting of a server that runs as the account of this process. An owner of the checkout can change the code itself, so its compiled code may lie
 * in its cache; any other account gets none that it could write. (RG4)
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function compiledSetting({ NODE_COMPILE_CACHE: named }) {
  if (isRoot || may(join(root, 'server/src/main.ts'))) return { NODE_COMPILE_CACHE: named ?? join(cache, 'compiled') };
  if (named && !may(firstThere(named))) return { NODE_COMPILE_CACHE: named };
  if (named)
    say(
      `NODE_COMPILE_CACHE is left out: this account may write ${named}, and could plant code there for the next start`,
    );
  return { NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: '1' };
}

function may(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const firstThere = (path) => (existsSync(path) ? path : firstThere(dirname(path)));
