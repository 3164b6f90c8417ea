import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Client } from 'pg';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { administer } from '../support/administer.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: OfficialWorld;
before(async () => {
  stores = await openStores({ world: true });
  await administer(stores.databaseUrl, 'CREATE TABLE tally (id int PRIMARY KEY, n int NOT NULL)');
  world = await OfficialWorld.create(stores.databaseUrl);
  await world.postgres.query('INSERT INTO tally VALUES (1, 0), (2, 0)');
});
after(async () => {
  await world?.close();
  await stores?.close();
});

test('AU13 an answer whose transaction PostgreSQL chose as the victim of a deadlock is recorded all the same', async (t) => {
  const other = new Client({ connectionString: stores.databaseUrl });
  t.after(() => other.end());
  await other.connect();
  const { rows } = await other.query(`SELECT has_parameter_privilege('deadlock_timeout', 'SET') AS may`);
  if (!rows[0].may) return t.skip('SKIPPED: this role may not say which side PostgreSQL gives up');
  const rounds = new RoundsUnderLaw(new PgRounds(world.postgres));
  const briefing = await world.liveBriefing();
  const officer = { account: world.pm.id, name: world.pm.name };
  const { opened } = await rounds.open({
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60, by: officer },
    ...{ repromptSeconds: 30, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
  });
  const seat = world.seats[0] as (typeof world.seats)[number];
  // This side never looks for a deadlock, so that the other one is the victim.
  await other.query(`BEGIN; SET LOCAL deadlock_timeout = '1h'`);
  await other.query('SELECT FROM chains WHERE id = $1 FOR UPDATE', [`briefing:${briefing}`]);
  const by = { account: seat.id, name: seat.name, identity: `${seat.unit}.a`, address: '10.0.0.1' };
  const answering = rounds.enter(briefing, [
    {
      ...{ round: opened.round.id, unit: seat.unit, kind: 'answer', key: randomUUID(), by, answerer: 'chair' },
      ...{ name: null, note: null, challenge: null, received: new Date() },
    },
  ]);
  answering.catch(() => undefined);
  await until('the answer waits for the chain', () => waits(1));
  await other.query('UPDATE briefings SET title = title WHERE id = $1', [briefing]);
  await other.query('COMMIT');
  const [outcome] = await answering;
  assert.ok(outcome && 'record' in outcome && outcome.first);
});

test('AU13 what is not serialisable is done again, also a single statement, and its work is done once', async () => {
  const strict = await Postgres.create(
    `${stores.databaseUrl}${stores.databaseUrl.includes('?') ? '&' : '?'}options=${encodeURIComponent('-c default_transaction_isolation=serializable')}`,
    () => undefined,
    8,
  );
  try {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        strict.transaction(async (sql) => {
          await sql.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
          const [row] = await sql.query<{ n: number }>('SELECT n FROM tally WHERE id = 1');
          await sql.query('UPDATE tally SET n = $1 WHERE id = 1', [(row?.n ?? 0) + 1]);
        }),
      ),
    );
    await Promise.all(Array.from({ length: 8 }, () => strict.query('UPDATE tally SET n = n + 1 WHERE id = 1')));
    const [row] = await strict.query<{ n: number }>('SELECT n FROM tally WHERE id = 1');
    assert.equal(row?.n, 16);
  } finally {
    await strict.close();
  }
});

test('AU13 when it can never be done, it was the store, and nothing of it is there', async () => {
  let tries = 0;
  const never = world.postgres.transaction(async (sql) => {
    tries += 1;
    await sql.query('UPDATE tally SET n = n + 1 WHERE id = 2');
    await sql.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
  });
  await assert.rejects(never, { reason: 'store-unavailable' });
  assert.ok(tries > 1, `${tries}`);
  const [row] = await world.postgres.query<{ n: number }>('SELECT n FROM tally WHERE id = 2');
  assert.equal(row?.n, 0);
});

/** Sessions of this database that wait for a lock. */
async function waits(count: number): Promise<boolean> {
  const rows = await world.postgres.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length >= count;
}
