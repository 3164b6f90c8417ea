import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../setup/packages.mjs';
import { makeFolder, root } from '../setup/place.mjs';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

/** @returns {{ version: string, integrity: string }} what the lockfile says of mediasoup */
export function lockedSource(name = 'mediasoup') {
  const { version, integrity } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[
    `node_modules/${name}`
  ];
  return { version, integrity };
}

/**
 * Unpacks the package's archive anew when its hash is the one in the lockfile: what lies in node_modules may have been altered since it was
 * installed. npm has the archive in its cache, or asks its registry again.
 * @param {string} folder scratch folder
 * @returns {Promise<string>} the folder with the package's files
 */
export async function unpackSource(folder, tell) {
  const { version, integrity } = lockedSource();
  makeFolder(folder);
  const [program, ...first] = npm();
  const args = ['pack', `mediasoup@${version}`, '--prefer-offline', '--ignore-scripts', '--silent'];
  const advice =
    'The worker is built from the archive of the lockfile alone: see that the npm registry is within reach.';
  await run(program, [...first, ...args, '--pack-destination', folder], { name: 'worker-source', tell, advice });
  const archive = join(folder, `mediasoup-${version}.tgz`);
  verify(archive, integrity);
  await run('tar', ['-xzf', archive, '-C', folder], { name: 'worker-unpack' });
  return join(folder, 'package');
}

/** @param {string} integrity as in a lockfile: `sha512-BASE64` */
export function verify(archive, integrity) {
  const [, algorithm, wanted] = /^(sha512)-(\S+)$/.exec(integrity ?? '') ?? [];
  if (!algorithm) throw new SetupError(`the lockfile has no sha512 for ${archive}: make it anew with npm install.`);
  const found = createHash(algorithm).update(readFileSync(archive)).digest('base64');
  if (found !== wanted)
    throw new SetupError(
      `${archive} is not what the lockfile names (${algorithm} ${found}, not ${wanted}): empty npm's cache, and ask who runs the registry.`,
    );
}
