import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../setup/place.mjs';
import { run } from '../setup/run.mjs';
import { buildSrtp } from './srtp.mjs';
import { layStandIns } from './standIns.mjs';
import { provideToolchain } from './toolchain.mjs';

const TELL_EVERY_MS = 5_000;

/**
 * Builds the worker from the npm package's own source against Debian's libraries; five to eight minutes on two cores.
 * @param {{ packageDir: string, scratch: string, out: string, tell: (detail: string) => void }} options
 */
export async function buildWorker({ packageDir, scratch, out, tell }) {
  rmSync(scratch, { recursive: true, force: true });
  makeFolder(scratch);
  const tools = await provideToolchain(tell);
  const srtp = await buildSrtp(join(scratch, 'srtp'), tools, tell).catch(async (error) => {
    tell(`${error.message}; using Debian's own libsrtp2, which takes a third more CPU for each packet`);
    await tools.withSystemSrtp();
    return undefined;
  });
  const worker = join(scratch, 'worker');
  cpSync(join(packageDir, 'worker'), worker, { recursive: true });
  acceptMeson(
    worker,
    (
      await run(tools.meson[0], [...tools.meson.slice(1), '--version'], { name: 'meson-version', env: tools.env })
    ).trim(),
  );
  layStandIns(join(worker, 'subprojects'), srtp);
  const options = { cwd: worker, env: tools.env, tell };
  const setup = [
    'setup',
    'out',
    '.',
    '--buildtype',
    'release',
    '-Db_ndebug=true',
    '-Dstrip=true',
    '--wrap-mode=nodownload',
  ];
  await run(tools.meson[0], [...tools.meson.slice(1), ...setup], { ...options, name: 'worker-meson' });
  const onLine = progress(tell);
  // libwebrtc includes generated headers without depending on them: they come first.
  await run(tools.ninja, ['-C', 'out', 'fbs/FBS/worker.h'], { ...options, onLine, name: 'worker-headers' });
  await run(tools.ninja, ['-C', 'out', 'mediasoup-worker'], { ...options, onLine, name: 'worker-ninja' });
  cpSync(join(worker, 'out/mediasoup-worker'), out);
  chmodSync(out, 0o755);
  rmSync(scratch, { recursive: true });
}

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
