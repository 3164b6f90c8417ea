import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { SetupError } from './progress.mjs';
import { ask } from './run.mjs';

/** Of the server and its stores; `server/src/store/embedded/account.ts` has the same name. */
export const SERVER_ACCOUNT = 'dieu-hanh';
/** Of media workers alone: it owns nothing. */
export const WORKER_ACCOUNT = 'dieu-hanh-media';
/** What the accounts may run or read, put there by root. */
export const PLACE = '/var/lib/dieu-hanh';

/** Makes a folder there; all of it is root's, so that no account can put something else in its place. */
export function openPlace(folder, mode) {
  for (const [path, bits] of [
    [PLACE, 0o711],
    [folder, mode],
  ]) {
    mkdirSync(path, { recursive: true });
    if (!lstatSync(path).isDirectory()) throw new SetupError(`${path} is no folder`);
    chownSync(path, 0, 0);
    chmodSync(path, bits);
  }
}

/** @returns {{ uid: number, gid: number } | undefined} */
export function findAccount(name) {
  const [uid, gid] = ['-u', '-g'].map((which) => Number.parseInt(ask('id', [which, name]) ?? '', 10));
  return uid > 0 && gid > 0 ? { uid, gid } : undefined;
}

/** A system account without password, home and shell, made when it is missing. @throws SetupError */
export function makeAccount(name) {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  if (!findAccount(name)) ask('useradd', [...options, '--shell', '/usr/sbin/nologin', name]);
  // Asked again rather than trusting the exit status: another start may have made it at the same moment.
  const account = findAccount(name);
  if (!account) throw new SetupError(`the account ${name} cannot be made`);
  return account;
}

/**
 * The command that goes before another to run it as an account, with no right of root but that of ports below 1024, where they are asked for.
 * @param {{ uid: number, gid: number }} account
 * @param {{ lowPorts?: boolean, bounded?: boolean, group?: number }} how `group`: one that it has beside that of the account
 */
export function runAs({ uid, gid }, { lowPorts = false, bounded = true, group } = {}) {
  const rights = lowPorts ? '-all,+net_bind_service' : '-all';
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    group === undefined ? '--clear-groups' : `--groups=${group}`,
    // Else a set-user-ID program of root's could give rights back; a root without CAP_SETPCAP cannot say so.
    ...(bounded ? [`--bounding-set=${rights}`] : []),
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
    // The server gets the signal of an orderly stop from the kernel when the supervisor itself is killed.
    '--pdeathsig=TERM',
  ];
}
