import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig, SETTINGS } from '../../server/src/config.ts';
import { root } from '../setup/place.mjs';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const environment = z.record(z.string(), text);
const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: z.string(),
  timeout: z.string(),
  retries: z.number(),
});
/** A file of this folder; a missing one ends the start instead of becoming a folder. */
const file = z.strictObject({
  type: z.literal('bind'),
  source: z.string().regex(/^\.?\//),
  target: z.string().startsWith('/'),
  read_only: z.literal(true),
  bind: z.strictObject({ create_host_path: z.literal(false) }),
});
const mounts = z.array(z.union([z.string(), file]));
/** HT16: of `dh plan`. */
const memory = z.string().regex(/^\d+m$/);
const store = z.strictObject({
  image: z.string(),
  restart: z.literal('unless-stopped'),
  environment,
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()),
  volumes: mounts,
  shm_size: z.string().optional(),
  mem_limit: memory,
  healthcheck,
});

/** What app and the nodes beside it have in common. */
const server = z.strictObject({
  build: z.strictObject({ context: z.literal('.'), args: environment }),
  init: z.literal(true),
  restart: z.literal('unless-stopped'),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })),
  environment,
  command: z.array(z.string()),
  volumes: mounts,
  stop_grace_period: z.string(),
  mem_limit: memory,
  security_opt: z.tuple([z.literal('no-new-privileges:true'), z.literal('seccomp=./deploy/seccomp.json')]),
  cap_drop: z.tuple([z.literal('ALL')]),
});

/** What this project uses of the compose specification; anything else is a slip of the pen. */
const composeSchema = z.strictObject({
  name: z.string(),
  services: z.strictObject({
    app: server.extend({ ports: z.array(z.string()) }),
    // Any number of them: so no port of the machine, and no volume that is written, is theirs.
    node: server.extend({ profiles: z.tuple([z.literal('nodes')]) }),
    postgres: store,
    redis: store,
  }),
  volumes: z.record(z.string(), z.null()),
});

export type ComposeFile = z.output<typeof composeSchema>;

/** docker-compose.yml with its variables filled in, as an engine reads it. @throws Error that names what is missing or unknown */
export function readCompose(env: Readonly<Record<string, string>>): ComposeFile {
  const file = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), (_key, value) =>
    typeof value === 'string' ? fillIn(value, env) : value,
  );
  const parsed = composeSchema.safeParse(file);
  if (!parsed.success) throw new Error(`docker-compose.yml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** `${NAME}`, `${NAME:-else}`, `${NAME:?complaint}`, and `$$` for a dollar. */
export function fillIn(value: string, env: Readonly<Record<string, string>>): string {
  return value.replace(/\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})/g, (whole, name?: string, how?: string, rest = '') => {
    if (name === undefined) return whole === '$$' ? '$' : whole;
    const found = env[name];
    if (found) return found;
    if (how === '-') return rest;
    throw new Error(`docker-compose.yml wants ${name}${how === '?' ? `: ${rest}` : ''}`);
  });
}

/**
 * What is wrong with the settings and ports that compose gives to the server; empty when all is well.
 * @param dockerfile its text, whose settings the image has already
 */
export function wrongSettings({ services }: ComposeFile, dockerfile: string): string[] {
  const { environment: settings, ports } = services.app;
  const own = Object.fromEntries([...dockerfile.matchAll(/\b([A-Z][A-Z_]+)=(\S+)/g)].map(([, name, v]) => [name, v]));
  const unknown = Object.keys(settings).filter((name) => !SETTINGS.includes(name));
  const wrong = unknown.map((name) => `the server knows no setting ${name}`);
  try {
    const config = readConfig({ ...own, ...settings });
    const media = Array.from({ length: config.MEDIA_WORKERS }, (_, i) => config.MEDIA_PORT + i);
    const wanted = [`${config.PORT}/tcp`, ...media.map((port) => `${port}/udp`)];
    const inside = ports.flatMap((published) => expand(published.slice(published.lastIndexOf(':') + 1)));
    const exposed = /^EXPOSE (.*)$/m.exec(dockerfile)?.[1]?.split(' ').flatMap(expand) ?? [];
    for (const port of wanted) {
      if (!inside.includes(port)) wrong.push(`${port} is used by the server, but not published`);
      if (!exposed.includes(port)) wrong.push(`${port} is used by the server, but not exposed by the Dockerfile`);
    }
    for (const name of ['SFU_CONFIG', 'REDIS_CA'])
      if (!filesOf(services.app).has(settings[name] ?? '')) wrong.push(`${name} names no file that the container has`);
    wrong.push(...wrongNode(services.node.environment, own, filesOf(services.node)));
    for (const port of inside) if (!wanted.includes(port)) wrong.push(`${port} is published, but nobody listens there`);
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  return wrong;
}

/** Files outside that a container reads, by their paths inside. */
export const filesOf = ({ volumes }: { readonly volumes: z.output<typeof mounts> }): ReadonlyMap<string, string> =>
  new Map(volumes.flatMap((one) => (typeof one === 'string' ? [] : [[one.target, one.source] as const])));

/** What is the same on every node it is told by the one that it joins. */
function wrongNode(
  settings: Record<string, string>,
  own: Record<string, string>,
  files: ReadonlyMap<string, string>,
): string[] {
  const unknown = Object.keys(settings).filter((name) => !SETTINGS.includes(name));
  const { JOIN_URL, CLUSTER_SECRET } = readConfig({ ...own, ...settings });
  const { SFU_CONFIG = '' } = settings;
  return [
    ...(files.has(SFU_CONFIG) ? [] : ['node: SFU_CONFIG names no file that the container has']),
    ...unknown.map((name) => `node: the server knows no setting ${name}`),
    ...(JOIN_URL && CLUSTER_SECRET ? [] : ['node: it has nobody to join, or no secret to do it by']),
  ];
}

/** `40000-40003/udp` -> each of its ports. */
function expand(range: string): string[] {
  const [numbers = '', protocol = 'tcp'] = range.split('/');
  const [first = 0, last = first] = numbers.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => `${first + i}/${protocol}`);
}

const BY_DIGEST = /@sha256:[0-9a-f]{64}$/;

/** The images that compose would take by a name alone, which means another image tomorrow. */
export function byNameAlone({ services }: ComposeFile): string[] {
  const images = [services.app.build.args.BASE_IMAGE ?? 'no BASE_IMAGE', services.postgres.image, services.redis.image];
  return images.filter((image) => !BY_DIGEST.test(image));
}
