import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { withAuthority } from '../lib/databaseAddress.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { askToJoin, NodeAway } from './askToJoin.ts';
import { clusterSecrets } from './clusterSecrets.ts';
import { EQUAL, type JoinPackage, joinPackageSchema } from './joinPackage.ts';

/** What this node was told when it last joined. */
const keptSchema = z.object({ url: z.string(), name: z.string(), told: joinPackageSchema });
type Kept = z.output<typeof keptSchema>;

const NOT_BESIDE = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'REDIS_SENTINELS', 'SHARE_STORES'] as const;
/** Each node may be reached by a name of its own. */
const OWN_COUNTS = ['PUBLIC_URL'];

/**
 * NJ1, NJ3: the settings of a node that joins another one: its own, and what that one says of the stores and of everything
 * that has to be equal. Of any other node they are what they are.
 * @param ask false: what it was told before is enough, as for a command beside the server
 * @throws StartRefusal
 */
export async function joinedSettings(env: NodeJS.ProcessEnv, { ask = true } = {}): Promise<NodeJS.ProcessEnv> {
  const folder = join(resolve(env.DATA_DIR || '.data'), 'joined');
  const before = await readKept(join(folder, 'cluster.json'));
  const url = env.JOIN_URL || before?.url;
  if (url === undefined) return env;
  const beside = NOT_BESIDE.find((name) => env[name]);
  if (beside !== undefined)
    throw new StartRefusal(
      `${beside} is set, and this node joins the one at ${url}, which says where everything is: leave it out`,
    );
  const kept = ask ? await joinAt(url, before, env) : before;
  if (kept === undefined) return env;
  requireEqual(kept.told, env);
  if (ask) await lay(kept, folder);
  return { ...env, ...settingsOf(kept, env, folder), JOIN_URL: url, ALLOW_SECOND_NODE: 'on' };
}

async function joinAt(url: string, before: Kept | undefined, env: NodeJS.ProcessEnv): Promise<Kept> {
  const [secret = ''] = await clusterSecrets(secretSettings(env, url));
  try {
    const told = await askToJoin(url, secret);
    return { url, told, name: before?.name ?? nameBeside(told.node) };
  } catch (error) {
    if (!(error instanceof NodeAway)) throw error;
    if (before === undefined || before.url !== url)
      throw new StartRefusal(`${error.message}: start it, or correct the address`, { cause: error });
    // With stores outside of it, this node does not need that one.
    console.error(`${error.message}; going on with what it said before.`);
    return before;
  }
}

/** It is not made here: it would be another one than that of the other nodes. */
function secretSettings(env: NodeJS.ProcessEnv, url: string) {
  const DATA_DIR = resolve(env.DATA_DIR || '.data');
  const { CLUSTER_SECRET, CLUSTER_SECRET_FILE } = env;
  if (!CLUSTER_SECRET && !CLUSTER_SECRET_FILE && !existsSync(join(DATA_DIR, 'cluster-secret')))
    throw new StartRefusal(
      `the secret of the cluster is not here: bring the file cluster-secret over from the node at ${url}, readable by its owner alone, and name it in CLUSTER_SECRET_FILE`,
    );
  return {
    DATA_DIR,
    CLUSTER_SECRET: CLUSTER_SECRET || undefined,
    CLUSTER_SECRET_FILE: CLUSTER_SECRET_FILE || undefined,
  };
}

/** Two nodes of one machine, or of two that are called the same, are told apart. */
function nameBeside(other: string): string {
  const name = hostname()
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .slice(0, 59);
  return name === other.slice(0, 59) ? `${name}-${randomBytes(2).toString('hex')}` : name;
}

const filesIn = (folder: string) => ({
  databaseCa: join(folder, 'database-ca.pem'),
  redisCa: join(folder, 'redis-ca.pem'),
  apiKeys: join(folder, 'api-keys.json'),
  receiptKeys: join(folder, 'receipt-keys.json'),
});

/** The files that go with the settings, for their owner alone. */
async function lay(kept: Kept, folder: string): Promise<void> {
  const { stores, apiKeys, receiptKeys } = kept.told;
  const files = filesIn(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (stores.databaseCa !== undefined) await writeWhole(files.databaseCa, stores.databaseCa);
  if (stores.redisCa !== undefined) await writeWhole(files.redisCa, stores.redisCa);
  if (apiKeys !== undefined) await writeWhole(files.apiKeys, apiKeys);
  await writeWhole(files.receiptKeys, await mergedKeys(files.receiptKeys, receiptKeys));
  await writeWhole(join(folder, 'cluster.json'), JSON.stringify(kept));
}

function settingsOf({ told, name }: Kept, env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const { stores, settings, apiKeys } = told;
  const files = filesIn(folder);
  const redis = new URL(stores.redisUrl);
  if (stores.redisCa !== undefined) redis.searchParams.set('ca', files.redisCa);
  return {
    NODE_ID: env.NODE_ID || name,
    ...settings,
    ...Object.fromEntries(OWN_COUNTS.flatMap((own) => (env[own] ? [[own, env[own]]] : []))),
    DATABASE_URL: withAuthority(stores.databaseUrl, stores.databaseCa && files.databaseCa),
    REDIS_URL: redis.href,
    ...(apiKeys !== undefined && { API_KEYS_FILE: files.apiKeys }),
    RECEIPT_KEYS_FILE: files.receiptKeys,
  };
}

function requireEqual({ settings }: JoinPackage, env: NodeJS.ProcessEnv): void {
  for (const name of EQUAL)
    if (env[name] && !OWN_COUNTS.includes(name) && env[name] !== settings[name])
      throw new StartRefusal(`${name} is another one here than on the node that is joined: leave it out here`);
}

/** What this node has stamped receipts with stays known to it (AU17). */
async function mergedKeys(path: string, told = '{}'): Promise<string> {
  const own = await readFile(path, 'utf8').catch(() => '{}');
  const keys = z.record(z.string(), z.string());
  return JSON.stringify({ ...keys.parse(JSON.parse(own)), ...keys.parse(JSON.parse(told)) });
}

async function readKept(path: string): Promise<Kept | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartRefusal(`${path} is damaged: remove it, and join again (npm start -- --join URL)`, { cause });
  }
}

/** For its owner alone. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
