/**
 * Builds the container image and runs it as docker-compose.yml says, so that neither is ever unrun. usage: npm run dh -- image check [--fresh]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../setup/place.mjs';
import { SetupError, say } from '../setup/progress.mjs';
import { runCommand } from '../support/openDatabase.ts';
import { inOwnNetwork } from '../testing/ownNetwork.mjs';
import { Buildah } from './Buildah.ts';
import { buildImage, engine, IMAGE, imageFolder } from './buildImage.ts';
import { byNameAlone, type ComposeFile, readCompose, wrongSettings } from './composeFile.ts';
import { pinned } from './pinned.ts';

const usage = `usage: npm run dh -- image check [--base IMAGE@sha256:…] [--build-worker] [--fresh]

Reads docker-compose.yml by a schema, holds its settings against those that the server knows, builds the Dockerfile with buildah (chroot
isolation, without a daemon), and runs the image with PostgreSQL and Redis as compose has them, in a network of its own: /readyz, the page, the
health check, dh init, an orderly stop. As root on Debian; installs buildah and debootstrap when they are missing.

  --base          the base image, by digest, from a registry; without it a bare Debian 13 is made from this machine's mirrors
  --build-worker  builds the media worker in the image, too, instead of taking the one that was built on this machine
  --fresh         begins without what the last run left in the cache`;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      'build-worker': { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  });
  const { env, compose } = checkCompose();
  await engine([]);
  if (values.fresh) await (await Buildah.create(imageFolder)).forget();
  await buildImage({ base: values.base, buildWorker: values['build-worker'] });
  await serve({ folder: imageFolder, image: IMAGE, major: majorOf(compose.services.postgres.image), env });
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
