import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLogger } from '../../../src/observability/logger.ts';
import { DomainError } from '../../../src/protocol/errors.ts';
import { type EmbeddedStores, startEmbedded } from '../../../src/store/embedded/index.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../../src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../../src/store/postgres/record/verifyDatabase.ts';
import { OfficialWorld } from '../../support/official/OfficialWorld.ts';
import { noSmallDisk, SmallDisk } from '../../support/SmallDisk.ts';
import { knowServer } from '../../support/serverOf.ts';
import { until } from '../../support/until.ts';

const skip = noSmallDisk() ?? false;
let disk: SmallDisk | undefined;
let stores: EmbeddedStores;
let world: OfficialWorld;
before(async () => {
  if (skip) return;
  disk = SmallDisk.create(160);
  stores = await startEmbedded({ DATA_DIR: disk.folder }, createLogger('silent'));
  knowServer(stores.ownerUrl, stores.databaseUrl);
  world = await OfficialWorld.create(stores.ownerUrl);
});
after(async () => {
  await world?.close();
  disk?.free();
  await stores?.close();
  disk?.close();
});

/** Ids of the briefings that were confirmed. */
const confirmed: string[] = [];
const act = async () => {
  confirmed.push(await world.liveBriefing());
};

/** Does it again and again until it fails. */
async function failure(deed: () => Promise<unknown>, tries: number): Promise<DomainError> {
  for (let n = 0; n < tries; n++)
    try {
      await deed();
    } catch (error) {
      assert.ok(error instanceof DomainError, String(error));
      return error;
    }
  throw new Error(`${tries} acts found room on a full disk`);
}

const again = () =>
  until(
    'an act is recorded again',
    () =>
      act()
        .then(() => true)
        .catch(() => false),
    90_000,
  );

/** Whole, and with everything that was confirmed. */
async function checkRecord(): Promise<void> {
  const snapshot = await Snapshot.create(stores.databaseUrl);
  const { problems } = await verifyDatabase(snapshot).finally(() => snapshot.close());
  assert.deepEqual(problems, []);
  const rows = await world.postgres.query<{ briefing: string }>(
    `SELECT briefing FROM briefing_acts WHERE act = 'live'`,
  );
  const there = new Set(rows.map(({ briefing }) => briefing));
  assert.deepEqual(
    confirmed.filter((id) => !there.has(id)),
    [],
  );
}

test('AU1 on a full disk acts are refused with a reason, none is half there, and with space they go on', {
  skip,
}, async () => {
  await act();
  disk?.fill();
  const { reason, message } = await failure(act, 20_000);
  assert.equal(reason, message.includes('away') ? 'store-unavailable' : 'record-unwritable');
  assert.match(message, /disk of the database is full|database is away/);
  disk?.free();
  await again();
  await checkRecord();
});

test('AU1 a database that ends because its log has no room comes back with space and all that it confirmed', {
  skip,
}, async () => {
  disk?.fill();
  const admin = await Postgres.create(stores.ownerUrl, () => undefined, 1);
  const newLog = () => admin.query(`SELECT pg_logical_emit_message(true, 'x', 'y'), pg_switch_wal()`);
  const away = async () => (await failure(newLog, 50)).message.includes('away');
  await until('the database ended', away).finally(() => admin.close());
  disk?.free();
  await again();
  await checkRecord();
});
