import { spawnSync } from 'node:child_process';
import { ask } from './run.mjs';

/** dpkg's own placeholders, not ours. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills it in
const FORMAT = '${Package} ${Version} ${Status}\n';

/** Whether Debian counts version `a` as newer than `b`. */
export const isNewer = (a, b) => ask('dpkg', ['--compare-versions', a, 'gt', b]) !== undefined;

/** The newest version of a source package in apt's lists. @param {string[]} apt options for apt */
export function sourceVersion(name, apt = []) {
  const told = ask('apt-cache', [...apt, 'showsrc', '--only-source', name]) ?? '';
  const versions = [...told.matchAll(/^Version: (\S+)$/gm)].map(([, version]) => version);
  return versions.reduce((best, next) => (best === undefined || isNewer(next, best) ? next : best), undefined);
}

/** @param {string[]} patterns names of packages, `*` for any letters @returns {Record<string, string>} the installed ones, with versions */
export function installedVersions(patterns) {
  // It fails for one that is not there, and tells of the others all the same.
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', FORMAT, ...patterns], { encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n').filter((line) => line.endsWith(' install ok installed'));
  return Object.fromEntries(lines.map((line) => line.split(' ', 2)));
}

/** What apt would install now, by the lists that are there; nothing is fetched. @returns {Record<string, string>} */
export function candidateVersions(names, apt = []) {
  const told = ask('apt-cache', [...apt, 'policy', ...names]) ?? '';
  const found = [...told.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (\S+)$/gm)];
  return Object.fromEntries(found.filter(([, , version]) => version !== '(none)').map(([, name, v]) => [name, v]));
}
