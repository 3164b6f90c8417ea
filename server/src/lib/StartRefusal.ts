import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { userName } from './userName.ts';

/** Exit status of a start that somebody has to help first: the supervisor (scripts/setup/supervisor.mjs) does not repeat it. EX_CONFIG of sysexits.h. */
export const REFUSED_STATUS = 78;

/** Why this server cannot start where it is: one sentence for whoever sits at the terminal, with what to do. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** What the error of a start comes to; undefined for one that nobody foresaw, which is shown whole. */
export function startRefusal(error: unknown): StartRefusal | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof StartRefusal) return at;
    const refusal = fileRefusal(at);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A file or folder that may not be written, or has no room. */
function fileRefusal(error: NodeJS.ErrnoException): StartRefusal | undefined {
  const { code, path } = error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path, error);
  if (path === undefined || !['EACCES', 'EPERM', 'EROFS'].includes(code ?? '')) return undefined;
  const why = code === 'EROFS' ? 'its file system is read-only' : `it belongs to ${ownerOf(path)}`;
  return new StartRefusal(
    `${path} cannot be used by ${userInfo().username}, since ${why}: start as that user, give the folder away with chown -R, or set another DATA_DIR`,
    { cause: error },
  );
}

export const diskFull = (path: string | undefined, cause: unknown): StartRefusal =>
  new StartRefusal(`the disk${path === undefined ? '' : ` of ${path}`} is full: make room there, then start again`, {
    cause,
  });

/** Of the nearest folder above that is there, since that is the one which refused. */
function ownerOf(path: string): string {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0)) || '/') {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat) return userName(stat.uid);
    if (at === '/') return 'another user';
  }
}
