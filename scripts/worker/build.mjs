import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../setup/place.mjs';
import { run } from '../setup/run.mjs';
import { COMPILE, LINK } from './hardening.mjs';
import { partsOf } from './parts.mjs';
import { applyPatches, markPatches } from './patches.mjs';
import { precompileHeaders } from './precompile.mjs';
import { lockedSource, unpackSource } from './source.mjs';
import { buildSrtp } from './srtp.mjs';
import { layStandIns } from './standIns.mjs';
import { provideToolchain } from './toolchain.mjs';

const TELL_EVERY_MS = 5_000;

/**
 * Builds the worker from the source of the lockfile, with our patches, against Debian's libraries: some 350 CPU seconds.
 * @param {{ scratch: string, out: string, tell: (detail: string) => void }} options
 * @returns {Promise<Record<string, import('./parts.mjs').Part>>} what is linked statically, by name
 */
export async function buildWorker({ scratch, out, tell }) {
  rmSync(scratch, { recursive: true, force: true });
  makeFolder(scratch);
  const tools = await provideToolchain(tell);
  const source = await unpackSource(join(scratch, 'source'), tell);
  const worker = join(source, 'worker');
  const { version } = lockedSource();
  const patches = await applyPatches(worker, { version, env: tools.env });
  tell(`patched: ${patches.map(({ name }) => name).join(', ')}`);
  const srtp = await buildSrtp(join(scratch, 'srtp'), tools, tell).catch(async (error) => {
    tell(`${error.message}; using Debian's own libsrtp2, which takes a third more CPU for each packet`);
    await tools.withSystemSrtp();
    return undefined;
  });
  const meson = (args, options) =>
    run(tools.meson[0], [...tools.meson.slice(1), ...args], { env: tools.env, ...options });
  acceptMeson(worker, (await meson(['--version'], { name: 'meson-version' })).trim());
  layStandIns(join(worker, 'subprojects'), srtp?.prefix);
  precompileHeaders(worker);
  const options = { cwd: worker, env: tools.env, tell };
  await meson(['setup', 'out', '.', ...SETUP, ...HARDENED], { ...options, name: 'worker-meson' });
  const onLine = progress(tell);
  // libwebrtc and what is precompiled for it include generated headers without depending on them: they come first.
  await run(tools.ninja, ['-C', 'out', 'fbs/FBS/worker.h'], { ...options, onLine, name: 'worker-headers' });
  await run(tools.ninja, ['-C', 'out', 'mediasoup-worker'], { ...options, onLine, name: 'worker-ninja' });
  const parts = partsOf(readFileSync(join(worker, 'out', MAP), 'utf8'), {
    srtp,
    source: { ...lockedSource(), patches },
    scratch,
    versions: tools.versions,
  });
  cpSync(join(worker, 'out/mediasoup-worker'), out);
  await markPatches(out, patches, { env: tools.env, scratch });
  chmodSync(out, 0o755);
  rmSync(scratch, { recursive: true });
  return parts;
}

const SETUP = ['--buildtype', 'release', '-Db_ndebug=true', '-Dstrip=true', '--wrap-mode=nodownload'];

/** The file in which the linker names what it took. */
const MAP = 'link.map';
const LINK_AND_TELL = [...LINK, `-Wl,-Map=${MAP}`];
const HARDENED = [
  '-Db_pie=true',
  ...Object.entries({ c_args: COMPILE, cpp_args: COMPILE, c_link_args: LINK, cpp_link_args: LINK_AND_TELL }).map(
    ([name, value]) => `-D${name}=${value.join(' ')}`,
  ),
];

/** Debian 12 has Meson 1.0: the line with the version is the only thing in its way. */
function acceptMeson(worker, version) {
  if (!version.startsWith('1.0.')) return;
  const file = join(worker, 'meson.build');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/meson_version: '>= 1\.\d+\.\d+'/, "meson_version: '>= 1.0.0'"),
  );
}

/** Ninja counts its steps as `[n/m]`; one line of progress every few seconds is enough. */
function progress(tell) {
  let last = 0;
  return (line) => {
    const count = /^\[(\d+)\/(\d+)\]/.exec(line);
    if (!count) return false;
    if (performance.now() - last < TELL_EVERY_MS && count[1] !== count[2]) return false;
    last = performance.now();
    tell(`compiled ${count[1]} of ${count[2]}`);
    return true;
  };
}
