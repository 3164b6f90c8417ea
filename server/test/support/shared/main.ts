/**
 * What the test files of a stage share, for as long as standard input is open: prints its addresses as a line of JSON, to be handed on as
 * environment. usage: main.ts [postgres | external] [browser]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Closer } from '../../../src/lib/Closer.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { startEmbedded } from '../../../src/store/embedded/index.ts';
import { administer } from '../administer.ts';
import { chromiumOptions } from '../chromiumOptions.ts';
import { makeCountry } from '../country.ts';
import { OfficialWorld } from '../official/OfficialWorld.ts';
import { knowServer } from '../serverOf.ts';
import { createDatabase } from '../stores.ts';
import { ExternalPostgres } from './ExternalPostgres.ts';

const wanted = process.argv.slice(2);
const closer = new Closer((step, error) => console.error(step, error));
const shared: Record<string, string> = {};

async function postgres(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dh-shared-'));
  closer.defer('folder', async () => rmSync(folder, { recursive: true, force: true }));
  const stores = closer.own('stores', await startEmbedded({ DATA_DIR: folder }, createLogger('error')));
  const { databaseUrl, ownerUrl } = stores;
  shared.TEST_POSTGRES_SERVER_URL = databaseUrl;
  // Its data is thrown away; who tests what a crash leaves has stores of their own.
  await administer(ownerUrl, 'ALTER SYSTEM SET fsync = off');
  await administer(ownerUrl, 'SELECT pg_reload_conf()');
  return ownerUrl;
}

async function external(): Promise<string> {
  const server = closer.own('postgres', await ExternalPostgres.create());
  shared.version = server.version;
  shared.TEST_POSTGRES_SERVER_URL = server.serverUrl;
  return server.databaseUrl;
}

/** @returns the name of a database with the country of the areas, which many files of contracts begin with */
async function makeWorld(adminUrl: string): Promise<string> {
  const { databaseUrl } = await createDatabase(adminUrl);
  await (await OfficialWorld.create(databaseUrl)).close();
  return new URL(databaseUrl).pathname.slice(1);
}

async function share(): Promise<void> {
  const own = wanted.includes('postgres') ? postgres : wanted.includes('external') ? external : undefined;
  if (own) {
    shared.TEST_POSTGRES_URL = await own();
    knowServer(shared.TEST_POSTGRES_URL, shared.TEST_POSTGRES_SERVER_URL);
    shared.TEST_COUNTRY = await makeCountry(shared.TEST_POSTGRES_URL);
    shared.TEST_WORLD = await makeWorld(shared.TEST_POSTGRES_URL);
  }
  if (wanted.includes('browser'))
    shared.TEST_BROWSER = closer.own('browser', await chromium.launchServer(chromiumOptions())).wsEndpoint();
}

const end = async (status: number) => {
  await closer.close();
  process.exit(status);
};
process.stdin.resume();
process.stdin.on('end', () => end(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0));
try {
  await share();
  console.log(JSON.stringify(shared));
} catch (error) {
  console.error(error);
  end(1);
}
