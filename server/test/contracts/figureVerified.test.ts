import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Snapshot } from '../../src/store/postgres/base/Snapshot.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { daysAgo, verifyDatabase } from '../../src/store/postgres/record/verifyDatabase.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { Tamperer } from '../support/official/tamper.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let tamperer: Tamperer;
/** Between two batches: the one of before is not read. */
let since: string;

before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  tamperer = await Tamperer.create(stores.databaseUrl);
  const [definitions, by] = [new PgFigureDefinitions(world.postgres), { account: null, name: 'dh figures' }];
  await definitions.putIndicator(freeBeds, by);
  await definitions.putSource(ministry, by);
  await take('2020-03-05');
  since = await read((snapshot) => daysAgo(snapshot, 0));
  await take('2020-03-06');
});
after(async () => {
  await tamperer?.close();
  await world?.close();
  await stores?.close();
});

const take = (period: string) =>
  new PgFigureIntake(world.postgres).take(
    {
      source: ministry,
      rows: ['10001', '10002'].map((unit, i) => ({ row: i + 1, indicator: freeBeds.code, unit, period, value: '7' })),
      ...{ key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: 'b'.repeat(64), by: 'moh' },
    },
    world.units.index,
  );
async function read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const snapshot = await Snapshot.create(stores.databaseUrl);
  return work(snapshot).finally(() => snapshot.close());
}
const verified = (from?: string) => read((snapshot) => verifyDatabase(snapshot, { since: from }));

test('FG111 rows of figures are read that were recorded since a moment; what was not is counted, and the rows that vouch for it are verified', async () => {
  const whole = await verified();
  assert.deepEqual([whole.problems, whole.unread], [[], []]);
  const part = await verified(since);
  assert.deepEqual(part.problems, []);
  assert.deepEqual(part.unread, [{ table: 'figure_batches', covered: 'observations', rows: 1 }]);
  assert.equal(part.rows, whole.rows, 'official rows are all verified');
});

const byteOf = (batch: 'min' | 'max') => () =>
  tamperer.query(
    `UPDATE observations SET value = value # 1 WHERE unit = '10002' AND batch = (SELECT ${batch}(n) FROM figure_batches)`,
  );

test('FG111 one byte that is another is named inside the bound; outside of it by a verification of everything', async () => {
  const named = /rows of observations are not those that figure_batches \(.*\) vouches for in column rows_hash/;
  assert.match((await tamperer.after(byteOf('max'), [], since)).join('\n'), named);
  assert.deepEqual(await tamperer.after(byteOf('min'), [], since), []);
  assert.match((await tamperer.after(byteOf('min'))).join('\n'), named);
});

test('FG111 whoever dates a batch back, so that its rows are not read, has altered the batch', async () => {
  const dated = async () => {
    await byteOf('max')();
    await tamperer.query(`UPDATE figure_batches SET at = '2000-01-01' WHERE n = (SELECT max(n) FROM figure_batches)`);
  };
  assert.match((await tamperer.after(dated, [], since)).join('\n'), /figure_batches \(.*\) was altered/);
});

test('FG111 rows of nobody are found that say they are of a batch inside the bound, or of one that never was', async () => {
  const slip = (batch: string) => () =>
    tamperer.query(
      `INSERT INTO observations (period, batch, value, revision, held, indicator, unit, source, status)
       SELECT period + interval '10 days', ${batch}, value, revision, held, indicator, unit, source, status FROM observations LIMIT 1`,
    );
  assert.match((await tamperer.after(slip('batch + 1000'), [], since)).join('\n'), /no official row vouches for/);
  const later = await read((snapshot) => daysAgo(snapshot, 0));
  assert.match((await tamperer.after(slip('batch + 1000'), [], later)).join('\n'), /no official row vouches for/);
});
