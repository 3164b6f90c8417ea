import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readElf, unprotected } from '../support/elf.mjs';
import { COMPILE, LINK } from '../worker/hardening.mjs';
import { fetchIntoCache, installOnSystem, isDebian, isRoot } from './debian.mjs';
import { alone } from './lock.mjs';
import { cache, distribution, hashOf, makeFolder, root } from './place.mjs';
import { SetupError } from './progress.mjs';
import { ask, run } from './run.mjs';

const SOURCES = join(root, 'scripts/confine');
const HARDENING = join(root, 'scripts/worker/hardening.mjs');
const COMPILER = ['gcc', 'libc6-dev'];
const FLAGS = ['-std=gnu17', '-O2', '-Wall', '-Wextra', '-Werror', ...COMPILE, ...LINK];

/**
 * The program that starts media workers with next to no rights (decision 032): the one named in MEDIA_LAUNCHER, else from the cache, else
 * compiled here, in a second. Sets MEDIA_LAUNCHER in `env`; a machine without a compiler goes on without it, and each start says so.
 */
export async function provideLauncher(env, tell) {
  if (env.MEDIA_LAUNCHER) return `${env.MEDIA_LAUNCHER}, as MEDIA_LAUNCHER says`;
  const { folder, launcher, whole } = place();
  const onWait = (pid) => tell(`process ${pid} is getting it already, waiting`);
  return alone('confine', makeFolder(folder), onWait, async () => {
    const fromCache = existsSync(whole);
    try {
      if (!fromCache) await compile(folder, launcher, tell);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      return `left out, so media workers run without walls (${error.message})`;
    }
    env.MEDIA_LAUNCHER = launcher;
    return fromCache ? 'from the cache' : 'compiled here';
  });
}

/** The one that an earlier set-up left in the cache; undefined when there is none. */
export function cachedLauncher() {
  const { launcher, whole } = place();
  return existsSync(whole) ? launcher : undefined;
}

/** The launcher lies in a folder of its own, which can be closed to the account of the workers (launcher.c). */
function place() {
  const { ID = 'linux', VERSION_ID = '0' } = distribution();
  const folder = join(cache, 'confine', `${process.arch}-${ID}-${VERSION_ID}-${hashOf(SOURCES, HARDENING)}`);
  return { folder, launcher: join(folder, 'launch/launcher'), whole: join(folder, 'whole') };
}

async function compile(folder, launcher, tell) {
  const { cc, env } = await compiler(tell);
  const [program, ...sysroot] = cc.split(' ');
  const build = async (name, source, out, ...more) => {
    const args = [...sysroot, ...FLAGS, ...more, join(SOURCES, source), '-o', `${out}.part`];
    await run(program, args, { name: `confine-${name}`, env });
    renameSync(`${out}.part`, out);
  };
  rmSync(join(folder, 'launch'), { recursive: true, force: true });
  makeFolder(join(folder, 'launch'));
  await build('launcher', 'launcher.c', launcher, '-fPIE', '-pie');
  await build('walls', 'walls.c', join(folder, 'walls.so'), '-fPIC', '-shared');
  const lacks = unprotected(readElf(launcher));
  if (lacks.length > 0) throw new SetupError(`what was compiled is not protected: ${lacks.join('; ')}`);
  if (!ask(launcher, ['--tell'])?.startsWith('{')) throw new SetupError('what was compiled does not run here');
  writeFileSync(join(folder, 'whole'), '');
}

/** The system's, else Debian's: on the system as root, in the cache as an ordinary user. */
async function compiler(tell) {
  if (ask('gcc', ['--version'])) return { cc: 'gcc', env: process.env };
  if (!isDebian()) throw new SetupError('there is no gcc');
  if (isRoot) {
    await installOnSystem(COMPILER, tell);
    return { cc: 'gcc', env: process.env };
  }
  const prefix = await fetchIntoCache('compiler', COMPILER, { whole: true, tell });
  return { cc: `${join(prefix.bin, 'gcc')} --sysroot=${prefix.root}`, env: prefix.env };
}
