import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openPlace, PLACE } from './accounts.mjs';
import { SetupError } from './progress.mjs';
import { ask } from './run.mjs';

const STAGE = join(PLACE, 'stage');
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * What goes before the command of an account so that it reaches these paths: nothing, or, where one lies in a folder that is closed to it (a
 * checkout in the home of root), a view of the files of its own. In it such a folder is empty but for these paths, and code is read-only.
 * @param {string[]} as the command that runs another as the account
 * @param {{ path: string, test: string, writes?: boolean }[]} needs `test` is a letter of test(1)
 * @returns {string[]}
 */
export function reach(as, needs) {
  const may = (test, path) =>
    spawnSync(as[0], [...as.slice(1), 'test', `-${test}`, path], { cwd: '/', stdio: 'ignore' }).status === 0;
  const closed = new Set();
  for (const { path, test } of needs) {
    if (may(test, path)) continue;
    const folder = ancestors(path).find((ancestor) => !may('x', ancestor));
    if (!folder) throw new SetupError(`${path} is not readable by others`);
    closed.add(folder);
  }
  if (closed.size === 0) return [];
  const inside = needs.filter(({ path }) => [...closed].some((folder) => isUnder(path, folder)));
  const view = [...newView(), 'sh', '-c', script([...closed], inside), 'sh'];
  const [program, ...args] = [...view, ...as];
  for (const { path, test } of needs)
    if (ask(program, [...args, 'test', `-${test}`, path], { cwd: '/' }) === undefined)
      throw new SetupError(`${path} lies in ${[...closed].join(', ')}, which is closed to the account`);
  return view;
}

/** From the top. */
function ancestors(path) {
  const above = dirname(path);
  return above === path ? [] : [...ancestors(above), above];
}

export const isUnder = (path, folder) =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** A folder that is bound comes before what lies in it; what is only read there is there already. */
function script(closed, needs) {
  const within = (need) => needs.some((other) => other !== need && isUnder(need.path, other.path));
  const binds = needs.filter((need) => need.writes || !within(need)).toSorted((a, b) => a.path.length - b.path.length);
  const lines = ['set -e', 'umask 022'];
  binds.forEach(({ path }, i) => {
    const stage = join(STAGE, String(i));
    const make = statSync(path).isDirectory() ? `mkdir -p ${stage}` : `test -e ${stage} || : > ${stage}`;
    lines.push(make, `mount --bind ${quoted(path)} ${stage}`);
  });
  for (const folder of closed) lines.push(`mount -t tmpfs -o mode=755,nosuid,nodev,size=1m closed ${quoted(folder)}`);
  binds.forEach(({ path, writes }, i) => {
    const stage = join(STAGE, String(i));
    const make = statSync(path).isDirectory()
      ? `mkdir -p ${quoted(path)}`
      : `mkdir -p ${quoted(dirname(path))}; test -e ${quoted(path)} || : > ${quoted(path)}`;
    lines.push(make, `mount --bind ${stage} ${quoted(path)}`);
    if (!writes) lines.push(`mount -o remount,bind,ro ${quoted(path)}`);
    lines.push(`umount ${stage}`);
  });
  lines.push('cd /', 'exec "$@"');
  return lines.join('\n');
}

/**
 * Mounts there must be seen nowhere else. In a chroot the kernel cannot be told so, and then it is tried out.
 * @returns {string[]} the command that runs another with a view of its own
 */
function newView() {
  openPlace(STAGE, 0o700);
  const view = (propagation) => ['unshare', '--mount', '--propagation', propagation];
  const runs = (propagation, text) => {
    const [program, ...args] = [...view(propagation), 'sh', '-c', text];
    return spawnSync(program, args, { cwd: '/', stdio: 'ignore' }).status === 0;
  };
  if (runs('private', `mount -t tmpfs probe ${STAGE}`)) return view('private');
  const mounts = `/proc/${process.pid}/mountinfo`;
  if (
    runs(
      'unchanged',
      `mount -t tmpfs probe ${STAGE} && ! grep -q ' ${STAGE} ' ${mounts}; s=$?; umount ${STAGE}; exit $s`,
    )
  )
    return view('unchanged');
  throw new SetupError('this machine permits no view of the files of its own (unshare --mount)');
}
