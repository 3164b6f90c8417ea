import { createHash, randomBytes } from 'node:crypto';
import {
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  unlinkSync,
  watchFile,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PLACE } from './accounts.mjs';
import { root } from './place.mjs';
import { say } from './progress.mjs';
import { isUnder } from './reach.mjs';

/** Files that an operator names and that often belong to root alone. */
const NAMED = ['TLS_CERT', 'TLS_KEY', 'ACME_CA', 'SFU_CONFIG', 'CLUSTER_SECRET_FILE', 'REDIS_CA'];
const LOOK_EVERY_MS = 60_000;
/** Descriptor of the first file in the server; those before it are its streams and the channel to the supervisor. */
const FIRST_DESCRIPTOR = 4;
const TMPFS = 0x01021994;
const OLD_COPIES = /^handed-[0-9a-f]{16}$/;

/**
 * Hands over files that the account cannot read, each as an open file without a name: it ends with the last process that has it, whatever ended that.
 * A changed source is written into it again, so a renewed certificate reaches a server that may not see where it was put. (RG7)
 * @param {NodeJS.ProcessEnv} env
 * @param {number} gid the group that may read
 * @param {(path: string) => boolean} mayRead
 * @returns {{ settings: NodeJS.ProcessEnv, descriptors: number[] }} the settings that change, and what the server inherits from descriptor 4 on
 */
export function handFiles(env, gid, mayRead, everyMs = LOOK_EVERY_MS) {
  const settings = {};
  const descriptors = [];
  for (const name of NAMED) {
    const source = env[name] && resolve(root, env[name]);
    // In its own folder the account could have put a link to any file of root's.
    if (!source || !existsSync(source) || isUnder(realpathSync(dirname(source)), realpathSync(env.DATA_DIR))) continue;
    if (mayRead(source)) continue;
    const descriptor = openNameless(gid);
    const hand = () => {
      const content = readFileSync(source);
      // In one piece, and cut afterwards: whoever reads meanwhile finds no empty file.
      writeSync(descriptor, content, 0, content.length, 0);
      ftruncateSync(descriptor, content.length);
    };
    hand();
    watchFile(source, { interval: everyMs, persistent: false }, () => {
      try {
        hand();
      } catch (error) {
        say(`${name}: ${source} cannot be handed over (${error.code}); the server keeps what it has`);
      }
    });
    settings[name] = `/proc/self/fd/${FIRST_DESCRIPTOR + descriptors.length}`;
    descriptors.push(descriptor);
  }
  return { settings, descriptors };
}

/** In memory where there is such a file system, since a secret on a disk may be found there later. */
function openNameless(gid) {
  const folder = ['/run', '/dev/shm'].find((path) => isInMemory(path)) ?? PLACE;
  const path = join(folder, `.dieu-hanh-${randomBytes(16).toString('hex')}`);
  const descriptor = openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600);
  unlinkSync(path);
  fchownSync(descriptor, 0, gid);
  fchmodSync(descriptor, 0o440);
  return descriptor;
}

function isInMemory(path) {
  try {
    return statfsSync(path).type === TMPFS;
  } catch {
    return false;
  }
}

/** Number of the group that the processes of one installation have beside that of their account; nobody else on the machine has it. */
export function groupOf(dataDir) {
  // No system or container engine gives numbers from here on (systemd, "Users, Groups, UIDs and GIDs").
  const [first, count] = [1_879_048_192, 2 ** 27];
  return first + (createHash('sha256').update(dataDir).digest().readUInt32BE() % count);
}

/** Removes copies that versions before this one left in files, but for those that a running server of such a version still names. */
export function removeOldCopies() {
  if (!existsSync(PLACE)) return;
  const folders = readdirSync(PLACE).filter((name) => OLD_COPIES.test(name));
  if (folders.length === 0) return;
  const environments = readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? environmentOf(pid) : []));
  for (const name of folders)
    if (!environments.some((text) => text.includes(join(PLACE, name))))
      rmSync(join(PLACE, name), { recursive: true, force: true });
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return []; // it ended while we looked
  }
}
