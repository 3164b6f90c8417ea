import { cpSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../setup/place.mjs';
import { run } from '../setup/run.mjs';
import { fetchSource } from './debianSource.mjs';
import { COMPILE } from './hardening.mjs';
import { buildProgram } from './program.mjs';

/**
 * Builds a static libsrtp 2 that encrypts with OpenSSL, from Debian's source package. Debian's own binary encrypts with NSS, which costs a
 * third more for each forwarded packet. Takes some seconds.
 * @param {string} folder scratch folder
 * @param {import('./toolchain.mjs').Toolchain} tools
 * @returns {Promise<{ prefix: string, version: string, patches: string[] | undefined }>} `prefix` has include/srtp2 and lib/libsrtp2.a
 */
export async function buildSrtp(folder, tools, tell) {
  const { tree, version, patches } = await fetchSource('libsrtp2', join(folder, 'source'), { env: tools.env, tell });
  tell(
    patches
      ? `libsrtp2 ${version} with ${patches.length} patches of Debian`
      : `libsrtp2 ${version}: this mirror has none of its patches, and none of them mends a hole`,
  );
  const compile = ['-O2', '-fPIC', ...COMPILE].join(' ');
  const env = { ...tools.env, CC: tools.cc, CFLAGS: compile, crypto_LIBS: '-lcrypto', crypto_CFLAGS: '-I.' };
  await run('./configure', ['--enable-openssl'], { name: 'srtp-configure', cwd: tree, env, tell });
  await run('make', ['-s', `-j${availableParallelism()}`, 'libsrtp2.a'], { name: 'srtp-make', cwd: tree, env, tell });
  const prefix = join(folder, 'prefix');
  for (const part of ['lib', 'include/srtp2']) makeFolder(join(prefix, part));
  cpSync(join(tree, 'libsrtp2.a'), join(prefix, 'lib/libsrtp2.a'));
  for (const headers of ['include', 'crypto/include'])
    for (const name of readdirSync(join(tree, headers)).filter((n) => n.endsWith('.h')))
      cpSync(join(tree, headers, name), join(prefix, 'include/srtp2', name));
  tell('proving the shim on it');
  const shim = fileURLToPath(new URL('./shim/', import.meta.url));
  const sources = [join(shim, 'selfTest.c'), join(shim, 'srtp3on2.c'), join(prefix, 'lib/libsrtp2.a')];
  const flags = [`-I${shim}`, `-I${join(prefix, 'include')}`];
  const out = join(folder, 'srtp-self-test');
  await buildProgram({ tools, sources, flags, libraries: ['-lcrypto'], out });
  await run(out, [], { name: 'srtp-self-test', env: tools.env });
  return { prefix, version, patches };
}
