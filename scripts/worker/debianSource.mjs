import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../setup/place.mjs';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { ownApt } from '../setup/sources.mjs';
import { sourceVersion } from '../setup/versions.mjs';

/**
 * Revisions whose patches mend no hole, by Debian's own changelogs: for these the upstream archive alone will do, where a mirror lacks the
 * packaging files (some mirrors for closed networks carry none). The next security update is none of them.
 */
const WITHOUT_SECURITY_PATCHES = new Set(['2.7.0-3', '2.5.0-3']);

/**
 * Fetches a source package from Debian and unpacks it with Debian's patches. apt verifies each file against the signed lists.
 * @param {string} folder scratch folder
 * @returns {Promise<{ tree: string, version: string, patches: string[] | undefined }>} `patches`: those that were applied; undefined where the
 *   mirror had none and none is needed
 * @throws SetupError when it cannot be had as Debian would build it
 */
export async function fetchSource(name, folder, { env, tell }) {
  makeFolder(folder);
  const apt = await ownApt({ tell });
  const version = sourceVersion(name, apt);
  if (!version) throw new SetupError(`the source of ${name} is not in the lists of this mirror`);
  tell(`fetching the source of ${name} ${version}`);
  // Fails when a file is missing, after it has fetched the others; a file with another hash than in the lists is not kept under its name.
  await run('apt-get', [...apt, 'source', '-q', '--download-only', `${name}=${version}`], {
    name: 'debian-source',
    cwd: folder,
    tell,
  }).catch(() => undefined);
  return { version, ...(await unpack(folder, name, version, env)) };
}

/**
 * Unpacks what apt fetched, in the format `3.0 (quilt)`: the upstream archive, Debian's folder over it, and its patches in their order.
 * @returns {Promise<{ tree: string, patches: string[] | undefined }>}
 */
export async function unpack(folder, name, version, env = process.env) {
  const find = (pattern) => readdirSync(folder).find((file) => file.startsWith(`${name}_`) && pattern.test(file));
  const upstream = find(/\.orig\.tar\.\w+$/);
  if (!upstream) throw new SetupError(`the source of ${name} is not on this mirror`);
  const tree = join(folder, 'tree');
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree);
  const untar = (file, ...more) =>
    run('tar', ['-xf', join(folder, file), '-C', tree, ...more], { name: 'debian-unpack', env });
  await untar(upstream, '--strip-components=1');
  const packaging = find(/\.debian\.tar\.\w+$/);
  if (!packaging) {
    if (WITHOUT_SECURITY_PATCHES.has(version)) return { tree, patches: undefined };
    throw new SetupError(`this mirror lacks Debian's patches for ${name} ${version}`);
  }
  await untar(packaging);
  const format = readFileSync(join(tree, 'debian/source/format'), 'utf8').trim();
  if (format !== '3.0 (quilt)') throw new SetupError(`${name} ${version} has the source format ${format}`);
  const series = join(tree, 'debian/patches/series');
  const patches = existsSync(series) ? readFileSync(series, 'utf8').split('\n').map(entry).filter(Boolean) : [];
  for (const { file, strip } of patches) {
    const args = ['--forward', '--batch', '--fuzz=0', strip, '-i', join(tree, 'debian/patches', file)];
    await run('patch', args, { name: 'debian-patch', cwd: tree, env });
  }
  return { tree, patches: patches.map(({ file }) => file) };
}

/** A line of quilt's series: a file, perhaps with `-pN`, perhaps with a comment. */
function entry(line) {
  const [file, strip = '-p1'] = line
    .replace(/(^|\s)#.*/, '')
    .trim()
    .split(/\s+/);
  if (strip !== '-p1' && strip !== '-p0') throw new SetupError(`a patch asks for ${strip}`);
  return file ? { file, strip } : undefined;
}
