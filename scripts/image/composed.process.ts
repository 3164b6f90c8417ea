/** The second half of `image compose`, in a network of its own: docker-compose.yml with several nodes, from nothing to nothing. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessToken } from 'livekit-server-sdk';
import { z } from 'zod';
import { until } from '../../server/test/support/until.ts';
import { root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { Engine } from './Engine.ts';

const orderSchema = z.object({
  folder: z.string(),
  nodes: z.int(),
  names: z.object({ postgres: z.string(), redis: z.string() }),
});
const resultSchema = z.object({
  failed: z.int(),
  loss: z.number(),
  nodes: z.array(z.object({ viewers: z.int(), firstFrameMs: z.object({ p95: z.number().nullable() }) })),
});
const BACK_MS = 120_000;
const VIEWERS = 12;

const { folder, nodes, names } = orderSchema.parse(JSON.parse(process.env.DH_COMPOSE_ORDER ?? '{}'));
const project = mkdtempSync(join(tmpdir(), 'dh-compose-'));
const engine = await Engine.create(folder);
const compose = (...args: string[]) =>
  engine.compose(project, ['--profile', 'nodes', ...args], { ALLOW_SECOND_NODE: 'on' });
const inApp = (...command: string[]) => compose('exec', '-T', 'app', ...command);
try {
  // Podman 5 takes the text of a profile, which compose sends, for the name of a file; it has the same profile by its own settings.
  const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  writeFileSync(join(project, 'docker-compose.yml'), file.replaceAll(', "seccomp=./deploy/seccomp.json"', ''));
  cpSync(join(root, 'deploy'), join(project, 'deploy'), { recursive: true });
  await run('sh', ['deploy/secrets.sh'], { name: 'secrets', cwd: project });
  const images = [`BASE_IMAGE=localhost/none`, `POSTGRES_IMAGE=${names.postgres}`, `REDIS_IMAGE=${names.redis}`];
  appendFileSync(join(project, '.env'), `${images.join('\n')}\n`);
  await compose('up', '--detach', '--no-build', '--pull', 'never', '--wait', '--scale', `node=${nodes}`);
  say(`compose: ${nodes + 3} containers are well`);
  await allServe();
  const told = await inApp('node', 'scripts/dh.mjs', 'keys', 'add', 'check', '--room', 'check');
  const secret = /SECRET=(\S+)/.exec(told)?.[1] ?? '';
  await known(secret);
  await watched(secret);
  await killed();
  await watched(secret);
  await compose('down', '--volumes');
  say('taken down in order');
} catch (error) {
  console.error(await compose('logs', '--tail', '40').catch(() => ''));
  await compose('down', '--volumes', '--timeout', '5').catch(() => undefined);
  throw error;
} finally {
  await engine.close();
  rmSync(project, { recursive: true, force: true });
}

/** By the list that an operator has. */
async function allServe(): Promise<void> {
  const list = () => inApp('node', 'scripts/dh.mjs', 'node', 'list').catch(() => '');
  let seen = '';
  await until(
    `${nodes + 1} nodes serve`,
    async () => {
      seen = await list();
      return seen.split('\n').filter((line) => line.trimEnd().endsWith('serves')).length === nodes + 1;
    },
    BACK_MS,
  );
  say(`node list:\n${seen.trimEnd()}`);
}

/** A new key is good at every node: they follow the file of keys, each for itself (KY1). */
async function known(secret: string): Promise<void> {
  const token = new AccessToken('check', secret, { identity: 'check' });
  token.addGrant({ roomJoin: true, room: 'check' });
  const query = new URLSearchParams({ access_token: await token.toJwt() });
  const isGood = (url: string) =>
    new Promise<boolean>((resolve) => {
      const asked = get(`${url}/rtc/validate?${query}`, { rejectUnauthorized: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      asked.on('error', () => resolve(false));
    });
  for (const url of await urlsOfNodes()) await until(`the key is good at ${url}`, () => isGood(url), BACK_MS);
}

async function urlsOfNodes(): Promise<string[]> {
  const addresses = await Promise.all(['app', 'node'].map(addressesOf));
  return addresses.flat().map((address) => `https://${address}:8080`);
}

/** Viewers at each node watch what one publishes at app. */
async function watched(secret: string): Promise<void> {
  const urls = await urlsOfNodes();
  const load = [fileURLToPath(new URL('../load/main.ts', import.meta.url)), '--viewers', String(VIEWERS), '--json'];
  const who = ['--nodes', urls.join(','), '--key', 'check', '--secret', secret, '--room', 'check'];
  const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const result = await run(process.execPath, [...load, ...who], { name: 'compose-load', env });
  const { failed, nodes: each, loss } = resultSchema.parse(JSON.parse(result));
  const seen = each.filter(({ viewers, firstFrameMs }) => viewers > 0 && firstFrameMs.p95 !== null);
  if (failed > 0 || seen.length !== urls.length) throw new Error(`not everybody saw a picture: ${result}`);
  const first = each.map(({ firstFrameMs }) => `${firstFrameMs.p95?.toFixed(0)} ms`);
  say(`${VIEWERS} viewers at ${urls.length} nodes see it, p95 ${first.join(', ')}, ${(loss * 100).toFixed(2)} % lost`);
}

async function addressesOf(service: string): Promise<string[]> {
  const containers = (await compose('ps', '--quiet', service)).split('\n').filter(Boolean);
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  return Promise.all(containers.map(async (id) => (await engine.podman(['inspect', '--format', format, id])).trim()));
}

/** The first process of a node's container is killed, as by a fault of the machine; compose starts it again. */
async function killed(): Promise<void> {
  const [container = ''] = (await compose('ps', '--quiet', 'node')).split('\n');
  const pid = Number(await engine.podman(['inspect', '--format', '{{.State.Pid}}', container]));
  process.kill(pid, 'SIGKILL');
  say('a node was killed');
  await allServe();
}
