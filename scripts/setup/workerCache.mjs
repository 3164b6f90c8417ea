import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { patchesOf } from '../worker/patches.mjs';
import { lockedSource } from '../worker/source.mjs';
import { cache, distribution, hashOf, root } from './place.mjs';
import { candidateVersions, installedVersions, isNewer } from './versions.mjs';

/**
 * What is kept beside a worker.
 * @typedef {{ recipe: string, integrity: string, sha256: string, parts: Record<string, import('../worker/parts.mjs').Part>,
 *   known: Record<string, string> }} Manifest `known`: the versions that this machine knew of when it was built
 */

export const recipeOf = () => hashOf(join(root, 'scripts/worker'));

const kind = () => {
  const { ID = 'linux', VERSION_ID = '0' } = distribution();
  return `${lockedSource().version}-${process.arch}-${ID}-${VERSION_ID}-`;
};

/** The key says all that a worker depends on: recipe, source, our patches, and the versions of what is linked into it. */
export function folderOf({ recipe, integrity, parts }) {
  const versions = Object.entries(parts).map(
    ([name, { version, patches = [] }]) => `${name} ${version}${told(patches)}`,
  );
  const key = createHash('sha256')
    .update([recipe, integrity, ...versions.sort()].join('\n'))
    .digest('hex');
  return join(cache, 'worker', `${kind()}${key.slice(0, 16)}`);
}

const told = (patches = []) => patches.map(({ name, sha256 }) => ` ${name} ${sha256}`).join('');

/**
 * The whole workers of the cache for this checkout's recipe, source and patches, the newest first: neither altered since they were built nor half written.
 * @returns {{ file: string, manifest: Manifest }[]}
 */
export function cachedWorkers(folder = join(cache, 'worker')) {
  const wanted = { recipe: recipeOf(), integrity: lockedSource().integrity, patches: told(patchesOf()) };
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.startsWith(kind()))
    .map((name) => read(join(folder, name)))
    .filter((found) => found?.manifest.recipe === wanted.recipe && found.manifest.integrity === wanted.integrity)
    .filter(({ manifest }) => told(manifest.parts.mediasoup?.patches) === wanted.patches)
    .sort((a, b) => b.built - a.built);
}

function read(folder) {
  const [file, told] = [join(folder, 'mediasoup-worker'), join(folder, 'manifest.json')];
  if (!existsSync(file) || !existsSync(told)) return undefined;
  try {
    const manifest = JSON.parse(readFileSync(told, 'utf8'));
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    return sha256 === manifest.sha256 ? { file, manifest, built: statSync(told).mtimeMs } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The versions that this machine knows of the parts now: what is installed, else (and for what is built from Debian's source) what apt's lists
 * offer. The network is not asked, so that a start never waits for it.
 * @param {Manifest['parts']} parts
 */
export function knownVersions(parts) {
  const debian = Object.entries(parts).filter(([, part]) => part.origin === 'debian');
  const offered = candidateVersions(debian.map(([name, part]) => part.package ?? name));
  const installed = installedVersions(debian.filter(([, part]) => !part.package).map(([name]) => name));
  const known = debian.map(([name, part]) => [
    name,
    // A binary package that was built again (+b1) has the same source.
    part.package ? offered[part.package]?.replace(/\+b\d+$/, '') : (installed[name] ?? offered[name]),
  ]);
  return Object.fromEntries(known.filter(([, version]) => version !== undefined));
}

/**
 * The parts of which a newer version is known here than the worker has, as sentences. One that the build did not get either (a mirror that is
 * behind its lists) is no reason to build again.
 * @param {Manifest} manifest
 */
export function newerParts({ parts, known }, now = knownVersions(parts)) {
  return Object.entries(now)
    .filter(
      ([name, version]) => parts[name].rebuilds && version !== known[name] && isNewer(version, parts[name].version),
    )
    .map(([name, version]) => `${name} ${parts[name].version} -> ${version}`);
}
