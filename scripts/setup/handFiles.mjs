import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, realpathSync, renameSync, watchFile } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openPlace, PLACE } from './accounts.mjs';
import { root } from './place.mjs';
import { say } from './progress.mjs';
import { isUnder } from './reach.mjs';

/** Files that an operator names and that often belong to root alone. */
const NAMED = ['TLS_CERT', 'TLS_KEY', 'ACME_CA', 'SFU_CONFIG', 'CLUSTER_SECRET_FILE', 'REDIS_CA'];
const LOOK_EVERY_MS = 60_000;

/** Where the copies of the server with that data lie. @param {string} dataDir */
export const handedFolder = (dataDir) =>
  join(PLACE, `handed-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`);

/**
 * What the account cannot read it gets as a copy, made anew when the file changes: so a renewed certificate comes to a server that may not see
 * where it was put. The copies lie in a folder of root's, which that account may read.
 * @param {{ gid: number }} account
 * @param {(path: string) => boolean} mayRead
 * @returns {NodeJS.ProcessEnv} the settings that are changed by it
 */
export function handFiles(env, account, mayRead, everyMs = LOOK_EVERY_MS) {
  const changed = {};
  for (const name of NAMED) {
    const source = env[name] && resolve(root, env[name]);
    // In its own folder the account could have put a link to any file of root's.
    if (!source || !existsSync(source) || isUnder(realpathSync(dirname(source)), realpathSync(env.DATA_DIR))) continue;
    if (mayRead(source)) continue;
    const folder = handedFolder(env.DATA_DIR);
    openPlace(folder, 0o711);
    const copy = join(folder, name);
    const hand = () => {
      copyFileSync(source, `${copy}.new`);
      chownSync(`${copy}.new`, 0, account.gid);
      chmodSync(`${copy}.new`, 0o640);
      renameSync(`${copy}.new`, copy);
    };
    hand();
    watchFile(source, { interval: everyMs, persistent: false }, () => {
      try {
        hand();
      } catch (error) {
        say(`${name}: ${source} cannot be handed over (${error.code}); the server keeps what it has`);
      }
    });
    changed[name] = copy;
  }
  return changed;
}
