import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findAccount, openPlace, PLACE, WORKER_ACCOUNT } from './accounts.mjs';

const PROGRAMS = join(PLACE, 'programs');

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * Copies the worker and its launcher to where both accounts come, owned by root. The launcher there is set-user-ID of the workers' account, in a
 * folder that the server's account alone may enter: so a server without any right of root starts workers that are not of its account, and
 * nobody else does.
 * @param {NodeJS.ProcessEnv} env with MEDIASOUP_WORKER_BIN and MEDIA_LAUNCHER
 * @param {Account} server @param {Account} workers
 * @returns {{ worker: string, launcher: string }}
 */
export function placePrograms(env, server, workers) {
  openPlace(PROGRAMS, 0o755);
  const paths = placeOf(env, server, workers);
  if (isWhole(paths, env, server, workers)) return paths;
  rmSync(paths.folder, { recursive: true, force: true });
  const part = mkdtempSync(join(PROGRAMS, 'new-'));
  chmodSync(part, 0o755);
  mkdirSync(join(part, 'launch'), { mode: 0o750 });
  chownSync(join(part, 'launch'), 0, server.gid);
  chmodSync(join(part, 'launch'), 0o750);
  const place = (from, name, mode) => {
    copyFileSync(from, join(part, name));
    chmodSync(join(part, name), mode);
  };
  place(env.MEDIASOUP_WORKER_BIN, 'mediasoup-worker', 0o755);
  place(wallsOf(env.MEDIA_LAUNCHER), 'walls.so', 0o755);
  place(env.MEDIA_LAUNCHER, 'launch/launcher', 0o700);
  chownSync(join(part, 'launch/launcher'), workers.uid, workers.gid);
  chmodSync(join(part, 'launch/launcher'), 0o6511);
  try {
    renameSync(part, paths.folder);
  } catch (error) {
    // Another start was faster.
    rmSync(part, { recursive: true, force: true });
    if (!isWhole(paths, env, server, workers)) throw error;
  }
  return paths;
}

/** What root has placed for this account and these programs; undefined where it has not. */
export function placedPrograms(env) {
  const workers = findAccount(WORKER_ACCOUNT);
  if (!workers || !env.MEDIASOUP_WORKER_BIN || !env.MEDIA_LAUNCHER) return undefined;
  const paths = placeOf(env, { uid: process.getuid(), gid: process.getgid() }, workers);
  return existsSync(paths.launcher) ? paths : undefined;
}

/** Named after what is in it and whose it is, so that a change of any of it has another place. */
function placeOf(env, server, workers) {
  const hash = createHash('sha256').update(JSON.stringify([server, workers]));
  for (const file of sources(env)) hash.update(readFileSync(file));
  const folder = join(PROGRAMS, `media-${hash.digest('hex').slice(0, 16)}`);
  return { folder, worker: join(folder, 'mediasoup-worker'), launcher: join(folder, 'launch/launcher') };
}

const sources = (env) => [env.MEDIASOUP_WORKER_BIN, wallsOf(env.MEDIA_LAUNCHER), env.MEDIA_LAUNCHER];
const wallsOf = (launcher) => join(dirname(dirname(launcher)), 'walls.so');

function isWhole({ folder }, env, server, workers) {
  const is = (name, uid, gid, mode) => {
    const stat = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stat?.uid === uid && stat.gid === gid && (stat.mode & 0o7777) === mode;
  };
  const same = (name, source) => readFileSync(join(folder, name)).equals(readFileSync(source));
  const [worker, walls, launcher] = sources(env);
  return (
    is('.', 0, 0, 0o755) &&
    is('launch', 0, server.gid, 0o750) &&
    is('mediasoup-worker', 0, 0, 0o755) &&
    is('walls.so', 0, 0, 0o755) &&
    is('launch/launcher', workers.uid, workers.gid, 0o6511) &&
    same('mediasoup-worker', worker) &&
    same('walls.so', walls) &&
    same('launch/launcher', launcher)
  );
}
