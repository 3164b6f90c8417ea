import { spawnSync } from 'node:child_process';
import { StartRefusal } from '../../lib/StartRefusal.ts';

/** The system account under which the stores run. */
export interface SystemAccount {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'dieu-hanh';

/**
 * PostgreSQL refuses to run as root, and Redis should not. As root we therefore take an account of our own, made on
 * first use (a name and a number, no password, no home, no shell), or `nobody` where accounts cannot be made.
 * @returns undefined for an ordinary user: the stores then run as that user.
 */
export function storeAccount(): SystemAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = find(NAME);
  if (existing) return existing;
  spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    NAME,
  ]);
  // Asked again rather than trusting the exit status: another start may have made it at the same moment.
  const account = find(NAME) ?? find('nobody');
  if (!account)
    throw new StartRefusal(
      'no unprivileged account for the stores: create a system user named dieu-hanh and start again',
    );
  return account;
}

function find(name: string): SystemAccount | undefined {
  const uid = number(['-u', name]);
  const gid = number(['-g', name]);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function number(args: string[]): number | undefined {
  const result = spawnSync('id', args, { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout) : undefined;
}

/**
 * Can this account go into the folder (or run the file)? Asked of the kernel, since modes, lists and mounts all have a
 * say.
 */
export function mayEnter(path: string, account: SystemAccount | undefined): boolean {
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  return spawnSync('test', ['-x', path], { ...as, cwd: '/' }).status === 0;
}
