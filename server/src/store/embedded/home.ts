import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { userName } from '../../lib/userName.ts';
import { mayEnter, type SystemAccount } from './account.ts';

const secretsSchema = z.object({ postgres: z.string().min(20), redis: z.string().min(20) });
export type StoreSecrets = z.output<typeof secretsSchema>;

export interface StoresHome {
  /** Real path of the folder that holds `postgres`, `redis` and their logs. */
  readonly folder: string;
  /** Real path of the folder that holds the sockets; short enough for the 107 bytes of a socket's name. */
  readonly sockets: string;
  readonly secrets: StoreSecrets;
}

/** Where the stores live when their account cannot reach DATA_DIR (a checkout in root's home). */
const ELSEWHERE = '/var/lib/dieu-hanh';
const OURS = /^\/var\/lib\/dieu-hanh\/[0-9a-f]{16}$/;
const LONGEST_SOCKET_NAME = '/.s.PGSQL.5432';

/**
 * Makes (once) and opens `DATA_DIR/stores`. When we are root and the stores' account cannot reach DATA_DIR,
 * `DATA_DIR/stores` is a link to a folder of its own under /var/lib/dieu-hanh, and everything else is the same.
 */
export function openHome(dataDir: string, account: SystemAccount | undefined): StoresHome {
  const folder = layHome(dataDir, account);
  return { folder, sockets: openSockets(folder, account), secrets: openSecrets(dataDir) };
}

/** The first step of it, and all that an account could not do by itself. @returns the real path of the stores' folder */
export function layHome(dataDir: string, account: SystemAccount | undefined): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  // Only to be passed through: what is secret in DATA_DIR is readable by its owner alone.
  if (account) chmodSync(dataDir, 0o711);
  const link = join(dataDir, 'stores');
  refuseDangling(link);
  if (!existsSync(link)) {
    if (mayEnter(dataDir, account)) mkdirSync(link, { mode: 0o700 });
    else symlinkSync(makeElsewhere(), link);
  }
  const folder = realpathSync(link);
  if (account) refuseStrange(link, folder);
  own(folder, account);
  return folder;
}

/** Data that has gone missing must not be replaced by an empty database without a word. */
function refuseDangling(link: string): void {
  if (existsSync(link) || !lstatSync(link, { throwIfNoEntry: false })) return;
  throw new StartRefusal(
    `${link} points to ${readlinkSync(link)}, which is gone: bring it back, or delete the link to begin with empty stores`,
  );
}

/**
 * DATA_DIR is the account's, so whoever had taken that account could lay a link to any folder of the machine, and root
 * would hand it over.
 */
function refuseStrange(link: string, folder: string): void {
  if (!lstatSync(link).isSymbolicLink() || OURS.test(folder)) return;
  throw new StartRefusal(`${link} points to ${folder}, not into ${ELSEWHERE}: as root only stores there are opened`);
}

function makeElsewhere(): string {
  mkdirSync(ELSEWHERE, { recursive: true, mode: 0o711 });
  const folder = join(ELSEWHERE, randomBytes(8).toString('hex'));
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function openSockets(folder: string, account: SystemAccount | undefined): string {
  const inside = join(folder, 'run');
  const fits = Buffer.byteLength(inside + LONGEST_SOCKET_NAME) <= 107;
  const sockets = fits ? inside : shortPlace(folder);
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  own(sockets, account);
  return sockets;
}

/**
 * A path under /tmp that stays the same from start to start; the name is random, so nobody can sit on it beforehand.
 */
function shortPlace(folder: string): string {
  const note = join(folder, 'sockets');
  if (!existsSync(note)) writeFileSync(note, `/tmp/dh-${randomBytes(8).toString('hex')}`, { mode: 0o600, flag: 'wx' });
  return readFileSync(note, 'utf8');
}

/** Gives a folder or file of root's to the account; the very one of that name, not what a link leads to. */
export function own(path: string, account: SystemAccount | undefined): void {
  if (!account) return;
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { uid } = fstatSync(fd);
    if (uid === process.getuid?.()) fchownSync(fd, account.uid, account.gid);
  } finally {
    closeSync(fd);
  }
}

/** PostgreSQL opens only what its own account owns, and says so in its log alone. */
export function requireOwner(data: string, account: SystemAccount | undefined): void {
  const { uid } = statSync(data);
  const runs = account?.uid ?? process.getuid?.() ?? uid;
  if (uid === runs) return;
  throw new StartRefusal(
    `${data} belongs to ${userName(uid)}, but its server would run as ${userName(runs)}: start as who made the data, give it away (chown -R ${userName(runs)} ${data}), or set another DATA_DIR`,
  );
}

function openSecrets(dataDir: string): StoreSecrets {
  const file = join(dataDir, 'stores.secret.json');
  if (!existsSync(file)) {
    const fresh: StoreSecrets = {
      postgres: randomBytes(24).toString('base64url'),
      redis: randomBytes(24).toString('base64url'),
    };
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
  }
  return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
