import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, makeFolder } from './place.mjs';
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

/**
 * What apt would install now, by the lists that are there; nothing is fetched. Reading them takes apt a second, so the answer is kept while
 * neither the lists nor what is installed changes.
 * @param {string[]} names
 * @param {string} kept file in which the last answer is kept
 * @returns {Record<string, string>}
 */
export function candidateVersions(names, kept = join(makeFolder(join(cache, 'apt')), 'offered.json')) {
  const changed = ['/var/lib/apt/lists', '/var/lib/dpkg/status'].map((path) => statSync(path, QUIET)?.mtimeMs);
  const state = JSON.stringify([names, changed]);
  const last = existsSync(kept) ? readKept(kept) : undefined;
  if (last?.state === state) return last.versions;
  // apt says it in the language of whoever asks.
  const told = ask('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } }) ?? '';
  const found = [...told.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (\S+)$/gm)];
  const versions = Object.fromEntries(found.filter(([, , v]) => v !== '(none)').map(([, name, v]) => [name, v]));
  writeFileSync(`${kept}.part`, JSON.stringify({ state, versions }));
  renameSync(`${kept}.part`, kept);
  return versions;
}

const QUIET = { throwIfNoEntry: false };

function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
