import { join } from 'node:path';
import { fetchIntoCache, installOnSystem, isDebian, isRoot, missing, triplet } from '../setup/debian.mjs';
import { SetupError } from '../setup/progress.mjs';
import { ask } from '../setup/run.mjs';
import { installedVersions } from '../setup/versions.mjs';
import { PACKAGES } from './parts.mjs';

const LIBRARIES = ['libuv1-dev', 'libssl-dev', 'libabsl-dev', 'libflatbuffers-dev'];
const TOOLS = ['g++', 'make', 'patch', 'xz-utils', 'meson', 'ninja-build', 'pkgconf', 'flatbuffers-compiler'];

/**
 * What is needed to build: the compilers as command lines, Meson and Ninja as programs, and the environment to run them in.
 * `versions`: of the Debian packages whose code can come into what is built.
 * @typedef {{ cc: string, meson: string[], ninja: string, env: NodeJS.ProcessEnv, versions: Record<string, string>,
 *   withSystemSrtp(): Promise<void> }} Toolchain
 */

/** Debian's compilers and libraries: on the system as root, in the cache as an ordinary user. @returns {Promise<Toolchain>} */
export async function provideToolchain(tell) {
  if (!isDebian())
    throw new SetupError(
      'the worker can be built by itself on Debian only: build mediasoup-worker by hand and name it in MEDIASOUP_WORKER_BIN.',
    );
  const lacking = missing([...TOOLS, ...LIBRARIES]);
  if (isRoot && lacking.length > 0) await installOnSystem(lacking, tell);
  if (isRoot || lacking.length === 0) {
    const withSystemSrtp = () =>
      missing(['libsrtp2-dev']).length > 0 ? installOnSystem(['libsrtp2-dev'], tell) : Promise.resolve();
    const versions = ofCompiler(installedVersions(PACKAGES), ask('gcc', ['-dumpversion']));
    return { cc: 'gcc', meson: ['meson'], ninja: 'ninja', env: process.env, versions, withSystemSrtp };
  }
  tell(`the system lacks ${lacking.join(', ')}`);
  const prefix = await fetchIntoCache('build', [...TOOLS, ...LIBRARIES, 'libsrtp2-dev'], {
    whole: true,
    newest: true,
    tell,
  });
  const sysroot = `--sysroot=${prefix.root}`;
  const cc = `${join(prefix.bin, 'gcc')} ${sysroot}`;
  const env = {
    ...prefix.env,
    CC: cc,
    CXX: `${join(prefix.bin, 'g++')} ${sysroot}`,
    PKG_CONFIG: join(prefix.bin, 'pkgconf'),
    PKG_CONFIG_LIBDIR: ['lib/pkgconfig', `lib/${triplet}/pkgconfig`, 'share/pkgconfig']
      .map((p) => join(prefix.root, 'usr', p))
      .join(':'),
    PKG_CONFIG_SYSROOT_DIR: prefix.root,
    CMAKE_PREFIX_PATH: join(prefix.root, 'usr'),
  };
  const meson = [join(prefix.bin, 'python3'), join(prefix.bin, 'meson')];
  const versions = ofCompiler(prefix.versions, ask(join(prefix.bin, 'gcc'), ['-dumpversion'], { env }));
  return { cc, meson, ninja: join(prefix.bin, 'ninja'), env, versions, withSystemSrtp: async () => undefined };
}

/** Several compilers may be there: only what belongs to the one that is used. */
function ofCompiler(versions, major = '') {
  const others = Object.keys(versions).filter(
    (name) => /^lib(gcc|stdc\+\+)-\d+-dev$/.test(name) && !name.includes(`-${major.trim().split('.')[0]}-`),
  );
  return Object.fromEntries(Object.entries(versions).filter(([name]) => !others.includes(name)));
}
