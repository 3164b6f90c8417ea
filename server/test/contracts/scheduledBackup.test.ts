import assert from 'node:assert/strict';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { Redis } from 'ioredis';
import { composeBackup } from '../../src/compose/backup.ts';
import { readConfig } from '../../src/config.ts';
import { slotAt } from '../../src/domain/backup/slotAt.ts';
import { Closer } from '../../src/lib/Closer.ts';
import { Health } from '../../src/observability/health.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { Metrics } from '../../src/observability/metrics.ts';
import { connectRedis } from '../../src/store/redis/Redis.ts';
import { RedisBackups } from '../../src/store/redis/RedisBackups.ts';
import { dh } from '../support/dh.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { createDatabase, openStores, type TestStores } from '../support/stores.ts';

const DAY_MS = 86_400_000;
let stores: TestStores;
let world: OfficialWorld;
let redis: Redis;
let folder: string;
let identity: string;
let backups: string;
let nodes: Awaited<ReturnType<typeof composeBackup>>[];
/** Moved by hand, from a quarter of an hour after the time of the backup. */
let now = new Date(slotAt(new Date(), '02:30').getTime() + 900_000);

before(async () => {
  stores = await openStores({ world: true });
  redis = await connectRedis(stores.redisUrl, () => undefined);
  folder = await mkdtemp(join(tmpdir(), 'dh-scheduled-'));
  backups = join(folder, 'backups');
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas.slice(0, 3)) await area(world);
  identity = await generateIdentity();
  await writeFile(join(folder, 'key'), identity, { mode: 0o600 });
  nodes = await Promise.all(['a', 'b'].map(compose));
});
after(async () => {
  for (const { part } of nodes ?? []) await part.close?.();
  redis?.disconnect();
  await world?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function compose(node: string) {
  const config = readConfig({
    DATA_DIR: folder,
    NODE_ID: node,
    BACKUP_DIR: backups,
    BACKUP_KEEP: '2',
    BACKUP_RECIPIENTS: await identityToRecipient(identity),
  });
  const logger = createLogger('silent');
  const base = {
    config,
    logger,
    metrics: new Metrics(node),
    health: new Health(),
    closer: new Closer(() => undefined),
  };
  const needs = { databaseUrl: stores.databaseUrl, backups: new RedisBackups(redis), clock: { now: () => now } };
  return composeBackup(base, needs);
}

/** All nodes look whether a backup is due, at the same moment. */
const look = (which = nodes) => Promise.all(which.map(({ part }) => part.sweeps?.[0]?.run()));
/** What each node says of backups in /readyz. */
const said = () => Promise.all(nodes.map(async ({ conditions }) => conditions[0]?.look()));
const files = async () => (await readdir(backups)).sort();
const fine = { state: 'fine' };

test('AU19 of nodes that look at once, one makes the backup of the day, encrypted, and it can be restored', async () => {
  assert.match(JSON.stringify(await said()), /nothing has been saved yet/);
  await look();
  const [file, ...more] = await files();
  assert.deepEqual(more, []);
  assert.match(file ?? '', /^dieu-hanh-\d{8}T\d{6}Z\.backup\.age$/);
  assert.deepEqual(await said(), [fine, fine]);
  await look();
  assert.equal((await files()).length, 1, 'it is made');
  const database = await createDatabase(stores.databaseUrl);
  const restored = await dh('restore/main', [join(backups, file ?? ''), '--identity', join(folder, 'key')], {
    DATABASE_URL: database.databaseUrl,
  }).finally(() => database.close());
  assert.equal(restored.status, 0, restored.out + restored.err);
});

test('AU19 as many as were asked for are kept, and nothing that the server did not make is touched', async () => {
  const [first] = await files();
  const left = 'dieu-hanh-20260101T023000Z.backup.part';
  for (const name of [left, 'by-hand.backup', 'notes.txt']) await writeFile(join(backups, name), 'text');
  for (let day = 0; day < 2; day++) {
    now = new Date(now.getTime() + DAY_MS);
    await look();
  }
  const kept = await files();
  assert.equal(kept.filter((name) => name.startsWith('dieu-hanh-')).length, 2);
  assert.ok(!kept.includes(first ?? '') && !kept.includes(left));
  assert.ok(kept.includes('by-hand.backup') && kept.includes('notes.txt'));
});

test('AU19 the backup of a node that died in it is made by another one, once its claim is over', async () => {
  now = new Date(now.getTime() + DAY_MS);
  const ledger = new RedisBackups(redis);
  const slot = slotAt(now, '02:30');
  assert.equal(await ledger.claim(slot, 'dead', 600_000), true);
  const before = await files();
  await look();
  assert.deepEqual(await files(), before, 'it is taken');
  await ledger.release(slot); // what Redis does by itself after a minute without a sign of life
  await look();
  assert.notDeepEqual(await files(), before);
});

test('AU20 when the last backup failed all nodes say so, older ones stay, and it is tried again', async () => {
  now = new Date(now.getTime() + DAY_MS);
  const before = await files();
  await rename(backups, `${backups}.away`);
  await writeFile(backups, 'a file where the folder was');
  await look();
  for (const finding of await said()) {
    assert.equal(finding?.state, 'warning');
    assert.match(finding && 'says' in finding ? finding.says : '', /failed on node [ab]: (ENOTDIR|EEXIST)/);
  }
  const claim = `dh:backup:${slotAt(now, '02:30').toISOString()}`;
  const again = await redis.pttl(claim);
  assert.ok(again > 0 && again <= 900_000, `${again} ms until another try`);
  await rm(backups);
  await rename(`${backups}.away`, backups);
  assert.deepEqual(await files(), before);
  await redis.del(claim);
  await look();
  assert.deepEqual(await said(), [fine, fine]);
});

test('AU20 a backup that is older than a day and a half is told of, although none failed', async () => {
  now = new Date(now.getTime() + 37 * 3_600_000);
  for (const finding of await said()) assert.match(JSON.stringify(finding), /none came since/);
});
