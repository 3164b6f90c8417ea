/**
 * Builds the container image and runs it as docker-compose.yml says, so that neither is ever unrun. usage: npm run dh -- image check [--fresh]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installOnSystem, isDebian, isRoot, missing } from '../setup/debian.mjs';
import { cache, makeFolder, root } from '../setup/place.mjs';
import { SetupError, say, step } from '../setup/progress.mjs';
import { ask } from '../setup/run.mjs';
import { cachedWorkers } from '../setup/workerCache.mjs';
import { runCommand } from '../support/openDatabase.ts';
import { inOwnNetwork } from '../testing/ownNetwork.mjs';
import { Buildah } from './Buildah.ts';
import { makeBase } from './base.ts';
import { byNameAlone, type ComposeFile, readCompose, wrongSettings } from './composeFile.ts';
import { pinned } from './pinned.ts';

const usage = `usage: npm run dh -- image check [--base IMAGE@sha256:…] [--build-worker] [--fresh]

Reads docker-compose.yml by a schema, holds its settings against those that the server knows, builds the Dockerfile with buildah (chroot
isolation, without a daemon), and runs the image with PostgreSQL and Redis as compose has them, in a network of its own: /readyz, the page, the
health check, dh init, an orderly stop. As root on Debian; installs buildah and debootstrap when they are missing.

  --base          the base image, by digest, from a registry; without it a bare Debian 13 is made from this machine's mirrors
  --build-worker  builds the media worker in the image, too, instead of taking the one that was built on this machine
  --fresh         begins without what the last run left in the cache`;

const IMAGE = 'localhost/dieu-hanh-check:latest';
const PACKAGES = ['buildah', 'debootstrap', 'iproute2'];

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      'build-worker': { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  });
  const { env, compose } = checkCompose();
  if (!isRoot || !isDebian()) throw new SetupError('building an image wants root, on Debian.');
  await step('buildah', async (tell) => {
    const lacking = missing(PACKAGES);
    if (lacking.length > 0) await installOnSystem(lacking, tell);
  });
  const folder = join(cache, 'image-check');
  if (values.fresh) await (await Buildah.create(folder)).forget();
  const buildah = await Buildah.create(folder);
  try {
    let base = values.base ?? '';
    await step('base', async (tell) => {
      base ||= await makeBase(buildah, tell);
      return base;
    });
    await step('image', (tell) => build(buildah, base, !values['build-worker'], tell));
  } finally {
    await buildah.close();
  }
  await serve({ folder, image: IMAGE, major: majorOf(compose.services.postgres.image), env });
  console.log('the image builds, serves as docker-compose.yml says, and stops in order');
});

/** Compose with secrets and digests as the scripts in deploy write them. */
function checkCompose(): { env: Record<string, string>; compose: ComposeFile } {
  const env = pinned();
  const compose = readCompose(env);
  const wrong = wrongSettings(compose, readFileSync(join(root, 'Dockerfile'), 'utf8'));
  wrong.push(...byNameAlone(compose).map((image) => `${image} is taken by its name alone`));
  if (wrong.length > 0) throw new SetupError(`docker-compose.yml: ${wrong.join('; ')}`);
  say('docker-compose.yml: the server knows its settings, and the ports fit');
  return { env, compose };
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
    const options = ['--isolation', 'chroot', '--network', 'host', '--format', 'docker', '--pull=never'];
    const pull = base.startsWith('localhost/') ? options : options.slice(0, -1);
    const onLine = (line: string) => {
      if (!/^STEP |^\[ *\d/.test(line)) return false;
      tell(line.slice(0, 120));
      return true;
    };
    const args = [
      'build',
      ...buildah.limits,
      ...pull,
      ...volumes,
      '--build-arg',
      `BASE_IMAGE=${base}`,
      '--tag',
      IMAGE,
      root,
    ];
    await buildah.run(args, { name: 'image-build', tell, onLine });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function serve(order: object): Promise<void> {
  const command = inOwnNetwork(process.execPath, [fileURLToPath(new URL('served.process.ts', import.meta.url))]);
  if (!command) throw new SetupError('this machine permits no network of its own (ip, unshare).');
  const env = { ...process.env, DH_IMAGE_ORDER: JSON.stringify(order) };
  const child = spawn(command[0], command[1], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new SetupError('the image does not serve as it should, see above.');
}

/** `postgres:18` was asked for by deploy/pin.sh. */
function majorOf(image: string): number {
  return Number(/:(\d+)@/.exec(image)?.[1]);
}
