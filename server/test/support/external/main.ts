/** Stores that are not the server's own, for as long as standard input is open; prints their addresses as a line of JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../../src/observability/logger.ts';
import { storeAccount } from '../../../src/store/embedded/account.ts';
import { openHome } from '../../../src/store/embedded/home.ts';
import { openRedis } from '../../../src/store/embedded/redis.ts';
import { StoreProcess } from '../../../src/store/embedded/StoreProcess.ts';
import { ExternalPostgres } from './ExternalPostgres.ts';

const account = storeAccount();
const folder = mkdtempSync(join(tmpdir(), 'dh-redis-'));
const redis = openRedis(openHome(folder, account), account, process.env);
const redisProcess = await StoreProcess.create(redis, createLogger('error'));
const postgres = await ExternalPostgres.create().catch(async (error) => {
  await redisProcess.close();
  throw error;
});

const { databaseUrl, version } = postgres;
console.log(JSON.stringify({ version, DATABASE_URL: databaseUrl, REDIS_URL: redis.redisUrl }));
let closing = false;
const close = async () => {
  if (closing) return;
  closing = true;
  await Promise.all([postgres.close(), redisProcess.close()]);
  rmSync(folder, { recursive: true, force: true });
  process.exit();
};
process.stdin.resume();
process.stdin.on('end', close);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, close);
