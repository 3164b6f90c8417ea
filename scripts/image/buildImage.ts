import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { installOnSystem, isDebian, isRoot, missing } from '../setup/debian.mjs';
import { cache, makeFolder, root } from '../setup/place.mjs';
import { SetupError, step } from '../setup/progress.mjs';
import { ask } from '../setup/run.mjs';
import { cachedWorkers } from '../setup/workerCache.mjs';
import { Buildah } from './Buildah.ts';
import { makeBase } from './base.ts';

export const IMAGE = 'localhost/dieu-hanh-check:latest';
/** Where buildah keeps what it makes here. */
export const imageFolder = join(cache, 'image-check');
const BUILDAH = ['buildah', 'debootstrap', 'iproute2'];

/** Debian's packages that make and run images. @throws SetupError where they cannot be had */
export async function engine(packages: readonly string[]): Promise<void> {
  if (!isRoot || !isDebian()) throw new SetupError('building an image wants root, on Debian.');
  await step('engine', async (tell) => {
    const lacking = missing([...BUILDAH, ...packages]);
    if (lacking.length > 0) await installOnSystem(lacking, tell);
  });
}

/**
 * Builds the Dockerfile, with everything that `more` adds from the same base.
 * @param options `base`: an image by digest; else a bare Debian 13 is made. `buildWorker`: the media worker in the image, too
 */
export async function buildImage(
  options: { readonly base?: string | undefined; readonly buildWorker: boolean },
  more: (buildah: Buildah, base: string, tell: (detail: string) => void) => Promise<void> = async () => undefined,
): Promise<void> {
  const buildah = await Buildah.create(imageFolder);
  try {
    let base = options.base ?? '';
    await step('base', async (tell) => {
      base ||= await makeBase(buildah, tell);
      return base;
    });
    await step('image', async (tell) => {
      await build(buildah, base, !options.buildWorker, tell);
      await more(buildah, base, tell);
    });
  } finally {
    await buildah.close();
  }
}

/** npm in the build asks the registry of this machine, and trusts whom npm trusts here. */
async function build(buildah: Buildah, base: string, withWorker: boolean, tell: (detail: string) => void) {
  const scratch = mkdtempSync(join(tmpdir(), 'dh-image-'));
  const volumes: string[] = [];
  const give = (path: string, inside: string) => volumes.push('--volume', `${path}:${inside}:rw`);
  try {
    const settings = [`registry=${ask('npm', ['config', 'get', 'registry'])?.trim()}`];
    const cafile = ask('npm', ['config', 'get', 'cafile'])?.trim();
    if (cafile && cafile !== 'null') {
      copyFileSync(cafile, join(scratch, 'ca.crt'));
      give(join(scratch, 'ca.crt'), '/run/npm-ca.crt');
      settings.push('cafile=/run/npm-ca.crt');
    }
    writeFileSync(join(scratch, 'npmrc'), settings.join('\n'));
    give(join(scratch, 'npmrc'), '/root/.npmrc');
    const worker = withWorker ? cachedWorkers()[0] : undefined;
    if (worker) {
      const place = makeFolder(join(scratch, 'worker', basename(dirname(worker.file))));
      for (const name of ['mediasoup-worker', 'manifest.json'])
        copyFileSync(join(dirname(worker.file), name), join(place, name));
      give(join(scratch, 'worker'), '/cache/dieu-hanh/worker');
    }
    const pull = base.startsWith('localhost/') ? ['--pull=never'] : [];
    const onLine = (line: string) => {
      if (!/^STEP |^\[ *\d/.test(line)) return false;
      tell(line.slice(0, 120));
      return true;
    };
    await buildah.build([...pull, ...volumes, '--build-arg', `BASE_IMAGE=${base}`, '--tag', IMAGE], root, {
      tell,
      onLine,
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
