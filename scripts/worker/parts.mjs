import { SetupError } from '../setup/progress.mjs';

/**
 * One thing whose code is inside the worker. A newer version of one that `rebuilds` makes a new worker.
 * @typedef {{ version: string, origin: 'npm' | 'debian', how: string, rebuilds: boolean, package?: string, integrity?: string,
 *   patches?: import('./patches.mjs').Patch[] }} Part
 */

/** Archives and objects that the linker took -> Debian packages; `headers`: those whose code comes in by headers alone. */
const ARCHIVES = [
  { file: /\/libabsl_\w+\.a$/, package: /^libabsl-dev$/ },
  { file: /\/(libgcc|libgcc_eh)\.a$|\/crt(begin|end)\w*\.o$/, package: /^libgcc-\d+-dev$/ },
  // Start-up code alone, and it comes with every update of the C library: told of, but no reason for a new worker.
  { file: /\/(Scrt1|crt1|crti|crtn)\.o$|\/libc_nonshared\.a$/, package: /^libc6-dev$/, rebuilds: false },
];
const HEADERS = [/^libflatbuffers-dev$/, /^libstdc\+\+-\d+-dev$/];
/** What to ask dpkg for, to know the versions of all these. */
export const PACKAGES = ['libabsl-dev', 'libflatbuffers-dev', 'libgcc-*-dev', 'libstdc++-*-dev', 'libc6-dev'];

/**
 * What is linked statically, from what the linker says it took, so that nothing is forgotten when mediasoup or Debian change.
 * @param {string} map the linker's map
 * @param {{ srtp?: { version: string, patches?: string[] }, scratch: string, versions: Record<string, string>,
 *   source: { version: string, integrity: string, patches: import('./patches.mjs').Patch[] } }} built
 *   `versions`: of Debian packages, by name
 * @returns {Record<string, Part>}
 * @throws SetupError when something was linked of which nobody knows the package
 */
export function partsOf(map, { srtp, source, scratch, versions }) {
  // Objects are taken as they are named; of an archive, the members that somebody refers to.
  const taken = new Set([...map.matchAll(/^(?:LOAD (\S+\.o)|(\S+\.a)\(\S+\))$/gm)].map(([, o, a]) => o ?? a));
  // The worker's own objects are named from the folder of the build; libsrtp2 and its shim lie in the scratch folder.
  const foreign = [...taken].filter((file) => file.startsWith('/') && !file.startsWith(`${scratch}/`));
  const parts = {
    mediasoup: {
      ...source,
      origin: 'npm',
      how: `its source with ${source.patches.length} patches of ours, and what it carries in worker/deps`,
      rebuilds: true,
    },
  };
  if (srtp) {
    const how = srtp.patches ? `source with ${srtp.patches.length} patches` : 'upstream archive; no patch mends a hole';
    parts.libsrtp2 = { version: srtp.version, origin: 'debian', how, rebuilds: true, package: 'libsrtp2-1' };
  }
  const add = (pattern, how, rebuilds) => {
    const name = Object.keys(versions).find((key) => pattern.test(key));
    if (!name) throw new SetupError(`the version of ${pattern.source} is not known, but its code is in the worker`);
    parts[name] = { version: versions[name], origin: 'debian', how, rebuilds };
  };
  for (const file of foreign) {
    const rule = ARCHIVES.find((each) => each.file.test(file));
    if (!rule) throw new SetupError(`${file} was linked statically: name its package in scripts/worker/parts.mjs`);
    add(rule.package, 'linked statically', rule.rebuilds ?? true);
  }
  for (const pattern of HEADERS) add(pattern, 'its headers', true);
  return parts;
}
