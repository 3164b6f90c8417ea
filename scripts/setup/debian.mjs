import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { cache, distribution, hashOf, isRoot, makeFolder, root } from './place.mjs';
import { SetupError } from './progress.mjs';
import { ask, run } from './run.mjs';
import { ownApt } from './sources.mjs';

/** dpkg's own placeholder, not one of ours. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills it in
const STATUS = '${Status}';

export const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? process.arch;

/** Which of these Debian packages the system lacks. */
export function missing(packages) {
  return packages.filter((name) => !ask('dpkg-query', ['-W', '-f', STATUS, name])?.includes('install ok installed'));
}

export function isDebian() {
  const { ID, ID_LIKE = '' } = distribution();
  return (ID === 'debian' || ID_LIKE.split(' ').includes('debian')) && ask('apt-get', ['--version']) !== undefined;
}

/** As root: installs packages on the system. None of those that we ask for brings a system service. */
export async function installOnSystem(packages, tell) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const advice = `Install by hand: apt-get install --no-install-recommends ${packages.join(' ')}.`;
  // A source that cannot be reached makes apt-get update fail, though all others may be there: the install tells.
  await run('apt-get', ['update', '-q'], { name: 'apt-update', tell, env }).catch((error) =>
    tell(`apt-get update is not whole: ${error.message}`),
  );
  tell(`installing ${packages.join(' ')}`);
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...wait, 'install', '-y', '-q', '--no-install-recommends', ...packages], {
    name: 'apt-install',
    tell,
    env,
    advice,
  });
}

/**
 * As an ordinary user: fetches packages and what they need into the cache and unpacks them there, so that `PREFIX/usr/bin` and so on can be used.
 * @param {string} purpose names the folder in the cache
 * @param {object} options
 *   `whole`: also what the system already has (a compiler needs the whole C library beneath its own root)
 *   `newest`: fetched anew when apt has a newer version of any of it
 * @returns {Promise<Prefix>}
 */
export async function fetchIntoCache(purpose, packages, { whole = false, newest = false, tell }) {
  const { ID = 'linux', VERSION_ID = '0' } = distribution();
  const folder = join(cache, `${ID}-${VERSION_ID}-${process.arch}`, purpose);
  const prefix = join(folder, 'root');
  const advice = `Ask an administrator for: apt-get install ${packages.join(' ')}.`;
  const plan = async () => {
    const apt = await ownApt({ nothingInstalled: whole, tell });
    const args = ['install', '-s', '-y', '--no-install-recommends', ...packages];
    const told = await run('apt-get', [...apt, ...args], { name: `${purpose}-plan`, advice });
    const lines = told.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/gm);
    return { apt, wanted: [...lines].map(([, name, version]) => `${name}=${version}`) };
  };
  const early = newest ? await plan() : undefined;
  const recipe = hashOf(join(root, 'scripts/setup/debian.mjs'));
  const content = early ? createHash('sha256').update(early.wanted.join(' ')).digest('hex').slice(0, 16) : '';
  const stamp = join(folder, `complete-${recipe}-${content}${packages.join('+').slice(0, 120)}`);
  if (existsSync(stamp)) return describe(prefix, readFileSync(stamp, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  const debs = makeFolder(join(folder, 'debs'));
  const { apt, wanted } = early ?? (await plan());
  tell(`fetching ${wanted.length} packages into the cache`);
  let fetched = 0;
  const onLine = (line) => {
    if (!line.startsWith('Get:')) return false;
    fetched++;
    if (fetched % 25 === 0) tell(`fetched ${fetched} of ${wanted.length}`);
    return true;
  };
  await run('apt-get', [...apt, 'download', ...wanted], {
    name: `${purpose}-download`,
    cwd: debs,
    tell,
    onLine,
    advice,
  });
  tell(`unpacking ${wanted.length} packages`);
  unpack(debs, prefix);
  rmSync(debs, { recursive: true });
  linkMissingLibraries(prefix);
  writeFileSync(stamp, wanted.join('\n'));
  return describe(prefix, wanted.join('\n'));
}

function unpack(debs, prefix) {
  mkdirSync(prefix, { recursive: true });
  for (const name of readdirSync(debs).filter((file) => file.endsWith('.deb'))) {
    if (ask('dpkg-deb', ['-x', join(debs, name), prefix]) === undefined)
      throw new SetupError(`${name} cannot be unpacked: delete ${prefix} and start again.`);
  }
  // Debian's folders at the top are links into /usr; linker scripts of the C library name them.
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const path = join(prefix, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) continue;
    const target = makeFolder(join(prefix, 'usr', name));
    if (stat) {
      for (const entry of readdirSync(path))
        if (!existsSync(join(target, entry))) renameSync(join(path, entry), join(target, entry));
      rmSync(path, { recursive: true });
    }
    symlinkSync(join('usr', name), path);
  }
}

/**
 * A folder of links to just those libraries that the system lacks. It can stand in LD_LIBRARY_PATH without pushing another C library
 * before the system's own, which would not agree with the system's loader.
 */
function linkMissingLibraries(prefix) {
  const links = makeFolder(join(prefix, 'missing-libraries'));
  const folder = join(prefix, 'usr/lib', triplet);
  const system = join('/usr/lib', triplet);
  if (!existsSync(folder)) return;
  const places = [
    folder,
    ...readdirSync(folder, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => join(folder, e.name)),
  ];
  for (const place of places) {
    for (const name of readdirSync(place).filter((n) => /\.so(\.|$)/.test(n))) {
      const there = join(system, relative(folder, place), name);
      const link = join(links, name);
      if (!existsSync(there) && !existsSync(join(system, name)) && !lstatSync(link, { throwIfNoEntry: false }))
        symlinkSync(absolute(prefix, join(place, name)), link);
    }
  }
}

/** A link of a package that points to an absolute path means a path under the prefix. */
function absolute(prefix, path) {
  const target = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '';
  return target.startsWith('/') ? join(prefix, target) : path;
}

/** @typedef {{ root: string, bin: string, env: NodeJS.ProcessEnv, versions: Record<string, string> }} Prefix */
function describe(prefix, content) {
  const libraries = [join(prefix, 'missing-libraries'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const bin = join(prefix, 'usr/bin');
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, LD_LIBRARY_PATH: libraries };
  return {
    root: prefix,
    bin,
    env,
    versions: Object.fromEntries(content.split('\n').map((line) => line.split('=', 2))),
  };
}

/** Writes a small program that runs one of the prefix with its libraries. @returns its path */
export function writeLauncher(prefix, program, { env = {}, args = [] } = {}) {
  const path = join(prefix.root, `${basename(program)}.sh`);
  const settings = { LD_LIBRARY_PATH: join(prefix.root, 'missing-libraries'), ...env };
  const exports = Object.entries(settings).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(
    path,
    `#!/bin/sh\n${exports.join('\n')}\nexec '${join(prefix.root, program)}' ${args.join(' ')} "$@"\n`,
    { mode: 0o755 },
  );
  return path;
}

export { isRoot };
