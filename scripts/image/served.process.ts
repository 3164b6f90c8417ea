/** The second half of `image check`, in a network of its own: runs the image as docker-compose.yml says, and asks it. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { happens } from '../../server/test/support/happens.ts';
import { until, within } from '../../server/test/support/until.ts';
import { say } from '../setup/progress.mjs';
import { Buildah } from './Buildah.ts';
import { filesOf, readCompose } from './composeFile.ts';
import { Stores } from './stores.ts';

const orderSchema = z.object({
  folder: z.string(),
  image: z.string(),
  major: z.number(),
  env: z.record(z.string(), z.string()),
});
const configSchema = z.object({
  User: z.string().min(1),
  Cmd: z.array(z.string()),
  Healthcheck: z.object({ Test: z.array(z.string()) }),
});
const imageSchema = z.object({ Docker: z.object({ config: configSchema }) });
const READY_MS = 180_000;
const TIDY_MS = 300_000;

const { folder, image, major, env } = orderSchema.parse(JSON.parse(process.env.DH_IMAGE_ORDER ?? '{}'));
const compose = readCompose(env);
const { environment, stop_grace_period } = compose.services.app;
const buildah = await Buildah.create(folder);
const stores = await Stores.create(compose, major);
try {
  say(`stores: PostgreSQL ${major} and Redis as docker-compose.yml has them`);
  const told = await buildah.run(['inspect', '--type', 'image', image], { name: 'image-inspect' });
  const { User, Cmd, Healthcheck } = imageSchema.parse(JSON.parse(told)).Docker.config;
  const hosts = ['postgres', 'redis'].flatMap((name) => ['--add-host', `${name}:127.0.0.1`]);
  const files = [...filesOf(compose.services.app)].flatMap(([inside, source]) => [
    '--volume',
    `${join(stores.project, source)}:${inside}:ro`,
  ]);
  const container = await buildah.from(image, [...hosts, ...files, '--cap-drop', 'ALL']);
  const server = buildah.start(container, Cmd, environment);
  const ended = happens(server, 'exit', 60 * 60_000).then(([status]) =>
    Promise.reject(new Error(`it ended: ${status}`)),
  );
  ended.catch(() => undefined);
  try {
    await Promise.race([
      ended,
      until('/readyz says 200', async () => (await ask('/readyz'))?.status === 200, READY_MS),
    ]);
    say(`server: ready, as ${User}`);
    await askPage();
    const [, ...check] = Healthcheck.Test;
    await succeeds(container, check, 'the health check of the image');
    await initialise(container);
  } catch (error) {
    for (const { pid } of tree(server.pid)) process.kill(pid, 'SIGKILL');
    throw error;
  }
  const status = await stop(server, Cmd);
  if (status !== 0) throw new Error(`told to stop, the container ended with ${status}`);
  say('stopped in order');
} finally {
  await buildah.close();
  await stores.close();
}

/** @returns its exit status */
async function stop(server: ChildProcess, command: readonly string[]): Promise<number | null> {
  const gone = new Promise<number | null>((resolve) => server.once('exit', resolve));
  // buildah hands no signals on: the supervisor itself is told, the last in the line of those that carry its command.
  const supervisor = tree(server.pid).findLast(({ words }) => words.endsWith(command.slice(1).join(' ')));
  if (!supervisor) throw new Error(`nothing runs ${command.join(' ')}`);
  process.kill(supervisor.pid, 'SIGTERM');
  const grace = Number.parseInt(stop_grace_period, 10) * 1000;
  await until('the server is gone', () => !existsSync(`/proc/${supervisor.pid}`), grace);
  // buildah tidies up in its own time, and waits for others who use the same storage.
  return within('buildah says how it ended', gone, TIDY_MS);
}

async function askPage(): Promise<void> {
  const page = await ask('/');
  const script = /<script[^>]+src="([^"]+)"/.exec(page?.body ?? '')?.[1];
  if (page?.status !== 200 || !script) throw new Error(`the page is answered with ${page?.status}: ${page?.body}`);
  const code = await ask(script);
  if (code?.status !== 200) throw new Error(`${script} is answered with ${code?.status}`);
  say(`page: there, with ${script} of ${code.body.length} characters`);
}

async function succeeds(container: string, command: string[], what: string): Promise<void> {
  const status = await buildah.status(container, command, environment);
  if (status !== 0) throw new Error(`${what} failed (${status}): ${command.join(' ')}`);
  say(`${what}: passed`);
}

/** The certificate is of the installation's own authority. */
async function ask(path: string): Promise<{ status: number | undefined; body: string } | undefined> {
  const request = https.get(new URL(path, 'https://127.0.0.1:8080'), { rejectUnauthorized: false, timeout: 5_000 });
  const answer = new Promise<{ status: number | undefined; body: string } | undefined>((resolve, reject) => {
    request.on('response', (response) =>
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject),
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
  return answer;
}

/** What an operator does next, as docs/operations/running.md says it, with a country of two units. */
async function initialise(container: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dh-init-'));
  const roster = 'code,parent,tier,name,valid_from\nvn,,nation,Việt Nam,2021-01-01\n01,vn,province,Hà Nội,2021-01-01\n';
  writeFileSync(join(folder, 'roster.csv'), roster);
  writeFileSync(
    join(folder, 'tiers.csv'),
    'id,rank,name,name_en\nnation,0,Quốc gia,Nation\nprovince,1,Tỉnh,Province\n',
  );
  await buildah.run(['copy', container, join(folder, 'roster.csv'), join(folder, 'tiers.csv'), '/tmp/'], {
    name: 'copy',
  });
  rmSync(folder, { recursive: true });
  const people = ['--principal', 'Check', '--operator', 'Check'];
  const files = ['--roster', '/tmp/roster.csv', '--tiers', '/tmp/tiers.csv'];
  await succeeds(container, ['node', 'scripts/dh.mjs', 'init', ...people, ...files], 'dh init');
}

/** A process and all below it, each before those that it started. */
function tree(pid: number | undefined): { pid: number; words: string }[] {
  if (pid === undefined || !existsSync(`/proc/${pid}`)) return [];
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [{ pid, words }, ...children.flatMap(tree)];
}
