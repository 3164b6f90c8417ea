import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../setup/place.mjs';
import { SetupError } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { ownApt } from '../setup/sources.mjs';

/**
 * Builds a static libsrtp 2 that encrypts with OpenSSL, from Debian's source package. Debian's own binary encrypts with NSS, which costs a
 * third more for each forwarded packet. Takes some seconds.
 * @param {string} folder scratch folder
 * @param {import('./toolchain.mjs').Toolchain} tools
 * @returns {Promise<string>} the prefix with include/srtp2 and lib/libsrtp2.a
 */
export async function buildSrtp(folder, tools, tell) {
  const source = makeFolder(join(folder, 'source'));
  const apt = await ownApt({ tell });
  tell('fetching the source of libsrtp2');
  // Only the upstream archive is needed; a mirror may lack the packaging files, and then apt-get fails after it has the archive.
  await run('apt-get', [...apt, 'source', '-q', '--download-only', 'libsrtp2'], {
    name: 'srtp-source',
    cwd: source,
    tell,
  }).catch(() => undefined);
  const archive = readdirSync(source).find((name) => /^libsrtp2_.*\.orig\.tar\.\w+$/.test(name));
  if (!archive) throw new SetupError('the source of libsrtp2 is not on this mirror');
  const tree = join(source, 'tree');
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree);
  await run('tar', ['-xf', join(source, archive), '-C', tree, '--strip-components=1'], { name: 'srtp-unpack' });
  const env = { ...tools.env, CC: tools.cc, CFLAGS: '-O2 -fPIC', crypto_LIBS: '-lcrypto', crypto_CFLAGS: '-I.' };
  await run('./configure', ['--enable-openssl'], { name: 'srtp-configure', cwd: tree, env, tell });
  await run('make', ['-s', 'libsrtp2.a'], { name: 'srtp-make', cwd: tree, env, tell });
  const prefix = join(folder, 'prefix');
  for (const part of ['lib', 'include/srtp2']) makeFolder(join(prefix, part));
  cpSync(join(tree, 'libsrtp2.a'), join(prefix, 'lib/libsrtp2.a'));
  for (const headers of ['include', 'crypto/include'])
    for (const name of readdirSync(join(tree, headers)).filter((n) => n.endsWith('.h')))
      cpSync(join(tree, headers, name), join(prefix, 'include/srtp2', name));
  tell('proving the shim on it');
  const shim = fileURLToPath(new URL('./shim/', import.meta.url));
  const [compiler, ...flags] = tools.cc.split(' ');
  const sources = [join(shim, 'selfTest.c'), join(shim, 'srtp3on2.c'), join(prefix, 'lib/libsrtp2.a')];
  const args = [
    ...flags,
    '-O1',
    `-I${shim}`,
    `-I${join(prefix, 'include')}`,
    ...sources,
    '-lcrypto',
    '-o',
    join(folder, 'self-test'),
  ];
  await run(compiler, args, { name: 'srtp-self-test-build', env: tools.env });
  await run(join(folder, 'self-test'), [], { name: 'srtp-self-test', env: tools.env });
  return prefix;
}
