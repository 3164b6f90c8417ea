import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorker } from '../worker/build.mjs';
import { alone } from './lock.mjs';
import { cache, distribution, hashOf, makeFolder, root } from './place.mjs';
import { SetupError } from './progress.mjs';
import { run } from './run.mjs';

const PREBUILT_WITHIN_MS = 20_000;
const packageDir = join(root, 'node_modules/mediasoup');

/**
 * The media worker: the one named in MEDIASOUP_WORKER_BIN, else from the cache, else upstream's prebuilt, else built here. Sets
 * MEDIASOUP_WORKER_BIN in `env`.
 * @param {string} node Node 24, which runs the trial
 */
export async function provideWorker(env, node, tell) {
  if (env.MEDIASOUP_WORKER_BIN) return `${env.MEDIASOUP_WORKER_BIN}, as MEDIASOUP_WORKER_BIN says`;
  const { pkg, folder, file } = place();
  makeFolder(folder);
  env.MEDIASOUP_WORKER_BIN = file;
  return alone(
    'worker',
    folder,
    (pid) => tell(`process ${pid} is getting it already, waiting`),
    async () => {
      if (isWhole(file)) return 'from the cache';
      const part = `${file}.part`;
      const origin = await obtain(pkg, part, node, join(folder, 'scratch'), tell);
      writeFileSync(`${file}.sha256`, sha256(part));
      renameSync(part, file);
      return origin;
    },
  );
}

/** The worker that an earlier set-up left in the cache; undefined when there is none. */
export function cachedWorker() {
  const { file } = place();
  return isWhole(file) ? file : undefined;
}

/** The key says all that a worker depends on, so that a change of any of it gets another worker. */
function place() {
  const pkg = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const { ID = 'linux', VERSION_ID = '0' } = distribution();
  const recipe = hashOf(join(root, 'scripts/worker'));
  const folder = join(cache, 'worker', `${pkg.version}-${process.arch}-${ID}-${VERSION_ID}-${recipe}`);
  return { pkg, folder, file: join(folder, 'mediasoup-worker') };
}

async function obtain(pkg, part, node, scratch, tell) {
  try {
    if (process.env.DH_WORKER_PREBUILT === '0') throw new SetupError('DH_WORKER_PREBUILT=0 forbids it');
    await download(pkg, part, tell);
    await tryOut(part, node);
    return "upstream's prebuilt";
  } catch (error) {
    tell(
      `no prebuilt worker (${error.message}), building it from the source in the npm package: five to ten minutes, once`,
    );
  }
  await buildWorker({ packageDir, scratch, out: part, tell });
  await tryOut(part, node);
  return 'built here';
}

/** The address is the one that the package's own installer would take. */
async function download(pkg, part, tell) {
  const project = pkg.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${project}/releases/download`;
  const name = `mediasoup-worker-${pkg.version}-linux-${process.arch}-kernel${release().split('.')[0]}.tgz`;
  tell(`asking for upstream's ${name}, ${PREBUILT_WITHIN_MS / 1000} s at most`);
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  try {
    const response = await fetch(`${base}/${pkg.version}/${name}`, { signal: AbortSignal.timeout(PREBUILT_WITHIN_MS) });
    if (!response.ok) throw new SetupError(`the server says ${response.status}`);
    writeFileSync(join(folder, name), Buffer.from(await response.arrayBuffer()));
    await run('tar', ['-xzf', name, 'mediasoup-worker'], { name: 'worker-prebuilt', cwd: folder });
    copyFileSync(join(folder, 'mediasoup-worker'), part);
    chmodSync(part, 0o755);
  } catch (error) {
    throw new SetupError(error.cause?.code ?? error.message);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A worker counts only when it has forwarded packets on this very machine. */
function tryOut(file, node) {
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: file };
  const advice = 'The worker does not run here: delete the folder of the cache and start again.';
  return run(node, [join(root, 'scripts/worker/smoke.mjs')], { name: 'worker-smoke', env, advice, timeoutMs: 30_000 });
}

function isWhole(file) {
  return existsSync(file) && existsSync(`${file}.sha256`) && readFileSync(`${file}.sha256`, 'utf8') === sha256(file);
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
