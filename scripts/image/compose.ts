/**
 * Runs docker-compose.yml itself, with several nodes, on Debian's engine. usage: npm run dh -- image compose [--nodes N]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SetupError } from '../setup/progress.mjs';
import { runCommand } from '../support/openDatabase.ts';
import { buildImage, engine, IMAGE, imageFolder } from './buildImage.ts';

const usage = `usage: npm run dh -- image compose [--nodes N] [--build-worker]

Builds the image like "image check", and runs docker-compose.yml with it by Docker Compose on Podman, in a network of its own:
ALLOW_SECOND_NODE=on docker compose --profile nodes up --scale node=N. Waits until every container is well and all are nodes of one
cluster, lets viewers at all of them watch what one publishes, kills one, sees it come back, and takes everything down in order. PostgreSQL and
Redis are Debian's, in images that do as the official ones. As root on Debian; installs what is missing.

  --nodes         how many beside app (default 2)
  --build-worker  builds the media worker in the image, too, instead of taking the one that was built on this machine`;

const PACKAGES = ['podman', 'crun', 'netavark', 'aardvark-dns', 'nftables', 'catatonit', 'docker-compose'];
const here = dirname(fileURLToPath(import.meta.url));

/** The images in the names that compose gives to what it builds, and to the stores. */
const NAMES = {
  app: 'docker.io/library/dieu-hanh-app:latest',
  node: 'docker.io/library/dieu-hanh-node:latest',
  postgres: 'localhost/dieu-hanh-check-postgres:latest',
  redis: 'localhost/dieu-hanh-check-redis:latest',
};

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: { nodes: { type: 'string', default: '2' }, 'build-worker': { type: 'boolean', default: false } },
  });
  const nodes = Number(values.nodes);
  if (!Number.isInteger(nodes) || nodes < 1) throw new Error(usage);
  await engine(PACKAGES);
  await buildImage({ buildWorker: values['build-worker'] }, async (buildah, base, tell) => {
    for (const name of [NAMES.app, NAMES.node]) await buildah.run(['tag', IMAGE, name], { name: 'image-tag' });
    for (const store of ['postgres', 'redis'] as const)
      await buildah.build(['--build-arg', `BASE=${base}`, '--tag', NAMES[store]], join(here, 'standins'), {
        file: `${store}.Containerfile`,
        tell,
      });
  });
  const inside = [process.execPath, join(here, 'composed.process.ts')];
  const env = { ...process.env, DH_COMPOSE_ORDER: JSON.stringify({ folder: imageFolder, nodes, names: NAMES }) };
  // Processes of its own, so that none outlives it, and file systems: an engine wants the kernel's groups of one kind, not of two at once.
  const own = [
    '--net',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    'sh',
    '-c',
    'ip link set lo up; umount /sys/fs/cgroup/unified 2>/dev/null; exec "$@"',
    'sh',
  ];
  const child = spawn('unshare', [...own, ...inside], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new SetupError('compose does not serve as it should, see above.');
  console.log(`docker-compose.yml runs with ${nodes + 1} nodes, takes one back that was killed, and stops in order`);
});
