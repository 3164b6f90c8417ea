import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JoinDoor } from '../cluster/joining/JoinDoor.ts';
import type { Config } from '../config.ts';
import { joiningRoutes } from '../edge/http/joining/routes.ts';
import { keyFilePath } from '../edge/livekit/keys/index.ts';
import type { ClusterJoinAnswer, ClusterJoinAsk } from '../protocol/joining.ts';
import type { Base } from './Base.ts';
import { EQUAL, type JoinPackage } from './joinPackage.ts';
import type { Part } from './Part.ts';
import type { SharedStores } from './shareStores.ts';

interface Needs {
  /** Of the cluster; the first signs. */
  readonly secrets: readonly string[];
  readonly shared: SharedStores | undefined;
}

/** How other machines become nodes beside this one; where it may have none, nobody can ask. */
export function composeJoining({ config, logger }: Base, { secrets, shared }: Needs) {
  const door = new JoinDoor({
    secrets,
    told: shared && (async () => JSON.stringify(await packageOf(config, shared))),
  });
  const admit = async (ask: ClusterJoinAsk, address: string): Promise<ClusterJoinAnswer> => {
    const answer = await door.admit(ask, address);
    logger.info('a node that knows the secret of the cluster was told what it needs to join');
    return answer;
  };
  return { part: { name: 'joining', routes: config.ALLOW_SECOND_NODE ? joiningRoutes(admit) : [] } satisfies Part };
}

/** Read anew each time: keys and certificates change while a node runs. */
async function packageOf(config: Config, { databaseUrl, redisUrl, databaseCa, redisCa }: SharedStores) {
  const { DATA_DIR, RECEIPT_KEYS_FILE, NODE_ID } = config;
  const read = (path: string | undefined) => (path === undefined ? undefined : readFile(path, 'utf8'));
  const keys = (path: string) =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      // Where keys are in the environment alone, there is no file.
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  return {
    node: NODE_ID,
    stores: { databaseUrl, redisUrl, databaseCa: await read(databaseCa), redisCa: await read(redisCa) },
    settings: Object.fromEntries(
      EQUAL.flatMap((name) => (config[name] === undefined ? [] : [[name, String(config[name])]])),
    ),
    apiKeys: await keys(keyFilePath(config)),
    receiptKeys: await keys(RECEIPT_KEYS_FILE ?? join(DATA_DIR, 'receipt-keys.json')),
  } satisfies JoinPackage;
}
