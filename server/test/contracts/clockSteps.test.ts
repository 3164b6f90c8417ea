import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { PgRounds } from '../../src/store/postgres/rollcall/PgRounds.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { RoundsUnderLaw } from '../support/RoundsUnderLaw.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
/** Its connections see a clock that the test sets. */
let stepped: Postgres;
before(async () => {
  stores = await openStores();
  world = await OfficialWorld.create(stores.databaseUrl);
  stepped = await Postgres.create(stores.databaseUrl, () => undefined, 2);
  const sql = stepped;
  await sql.query('CREATE TABLE clock_step (by interval NOT NULL)');
  await sql.query(`INSERT INTO clock_step VALUES ('0')`);
  await sql.query(`CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    'SELECT pg_catalog.clock_timestamp() + by FROM public.clock_step'`);
  const [row] = await sql.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
  await sql.query(`ALTER DATABASE ${row?.name} SET search_path = public, pg_catalog`);
  await stepped.close();
  stepped = await Postgres.create(stores.databaseUrl, () => undefined, 2);
});
after(async () => {
  await stepped?.close();
  await world?.close();
  await stores?.close();
});
const step = (by: string) => stepped.query('UPDATE clock_step SET by = $1::interval', [by]);

test('AU1 RC3 the clock steps back: times of a chain do not, and a round that is over stays over', async () => {
  const store = new PgRounds(stepped);
  const rounds = new RoundsUnderLaw(store);
  const briefing = await world.liveBriefing();
  const by = { account: world.pm.id, name: world.pm.name };
  const { opened } = await rounds.open({
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 0, by },
    ...{ repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
  });
  const { id } = opened.round;
  await step('1 hour');
  assert.notEqual((await rounds.close(id, null)).closedAt, null);
  await step('0');
  const seat = world.seats[0] as (typeof world.seats)[number];
  const [outcome] = await rounds.enter(briefing, [
    {
      ...{ round: id, unit: seat.unit, kind: 'answer', key: randomUUID(), answerer: 'chair', name: null, note: null },
      by: { account: seat.id, name: seat.name, identity: `${seat.unit}.a`, address: '::1' },
      ...{ challenge: null, received: new Date() },
    },
  ]);
  assert.ok(outcome && 'error' in outcome);
  assert.equal((outcome.error as { reason: string }).reason, 'too-late');
  assert.ok(!(await store.overdue()).includes(id));
  const later = await rounds.open({
    ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 0, by },
    ...{ repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null },
  });
  const minutes = (later.opened.round.deadline.getTime() - Date.now()) / 60_000;
  assert.ok(minutes < 2, 'a new round is measured by the clock as it is');
  const seals = await world.postgres.query<{ at: Date }>('SELECT at FROM seals WHERE chain = $1 ORDER BY nr', [
    `briefing:${briefing}`,
  ]);
  assert.deepEqual(
    seals.map(({ at }) => at),
    seals.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime()),
  );
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});
