import { existsSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchIntoCache, installOnSystem, isDebian, isRoot, writeLauncher } from './debian.mjs';
import { SetupError } from './progress.mjs';

/** Debian has the program in redis-tools, under another name; redis-server adds the system service, which we do not want. */
const PACKAGE = 'redis-tools';
const NAMES = ['redis-server', 'redis-check-rdb'];

/** Finds or gets the Redis program. Sets DH_REDIS_SERVER in `env` when the server could not find it by itself. */
export async function provideRedis(env, tell) {
  if (env.REDIS_URL) return 'not needed, REDIS_URL names one';
  if (env.JOIN_URL) return 'not needed, the node that is joined names one';
  if (env.DH_REDIS_SERVER) return env.DH_REDIS_SERVER;
  const found = onPath(env);
  if (found) return found;
  if (!isDebian()) throw new SetupError('redis-server was not found: install Redis 7 or newer, or set REDIS_URL.');
  if (isRoot) {
    await installOnSystem([PACKAGE], tell);
    return onPath(env);
  }
  const prefix = await fetchIntoCache('redis', [PACKAGE], { tell });
  const name = join(prefix.bin, 'redis-server');
  if (!existsSync(name)) symlinkSync('redis-check-rdb', name);
  env.DH_REDIS_SERVER = writeLauncher(prefix, 'usr/bin/redis-server');
  return `fetched into the cache: ${env.DH_REDIS_SERVER}`;
}

function onPath(env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin'];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
