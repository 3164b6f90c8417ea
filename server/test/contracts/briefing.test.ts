import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TokenKeys } from '../../src/domain/briefing/TokenKeys.ts';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import { briefingSchema, isRehearsal } from '../../src/protocol/briefing.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgTokenKeys } from '../../src/store/postgres/briefing/PgTokenKeys.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { checkBriefings } from '../../src/store/postgres/record/projections/briefings.ts';
import { loadCountry } from '../support/country.ts';
import { openAsServer } from '../support/serverOf.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let briefings: PgBriefings;
let pm: StoredAccount;
let units: Units;
before(async () => {
  stores = await openStores({ country: true });
  postgres = await openAsServer(stores.databaseUrl);
  units = await Units.create(await loadCountry(postgres));
  pm = await new PgAccounts(postgres).create({ name: 'PM', role: 'principal', unit: 'vn' });
  briefings = new PgBriefings(postgres);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const schedule = () =>
  briefings.create({
    title: 'Test',
    scheduledAt: '2026-01-02T03:04:05.000Z',
    stage: 'vn',
    scope: ['vn.79', 'vn.96'],
    expected: 1,
    createdBy: pm.id,
  });

test('BR1 a new briefing is scheduled, with epoch 1, as the contract has it', async () => {
  const briefing = await schedule();
  assert.deepEqual(briefingSchema.parse(briefing), briefing);
  assert.deepEqual([briefing.state, briefing.epoch, briefing.openedAt], ['scheduled', 1, null]);
  assert.deepEqual(await briefings.find(briefing.id), briefing);
  assert.equal((await briefings.newest(10))[0]?.title, 'Test');
});

test('PL30 why a briefing is held that the nodes do not carry stands in the acts that scheduled and opened it', async () => {
  const overload = { reason: 'Bão gấp', devices: 3_000, nodes: 2, carries: 2_000 };
  const planned = { title: 'Quá sức', scheduledAt: '2026-01-02T03:04:05.000Z', stage: 'vn', scope: ['vn.79'] };
  const { id, epoch } = await briefings.create({ ...planned, expected: 3_000, createdBy: pm.id, overload });
  const expected = units.index.baseUnits(['vn.79']);
  await briefings.advance({ id, epoch, act: 'open', account: pm.id, expected, overload });
  const acts = await postgres.query(
    `SELECT act, facts -> 'overload' AS overload FROM briefing_acts WHERE briefing = $1 ORDER BY epoch`,
    [id],
  );
  assert.deepEqual(acts, [
    { act: 'schedule', overload },
    { act: 'open', overload },
  ]);
  assert.deepEqual(await briefings.overload(id), overload);
  assert.equal(await briefings.overload((await schedule()).id), undefined);
  assert.deepEqual(await postgres.transaction((sql) => checkBriefings(sql)), []);
});

test('BR2 of many acts with the same epoch exactly one is done and recorded', async () => {
  const { id, epoch } = await schedule();
  const tries = await Promise.all(
    Array.from({ length: 8 }, () => briefings.advance({ id, epoch, act: 'open', account: pm.id })),
  );
  assert.equal(tries.filter((t) => t !== undefined).length, 1);
  const acts = await postgres.query('SELECT epoch::int, act FROM briefing_acts WHERE briefing = $1 ORDER BY epoch', [
    id,
  ]);
  assert.deepEqual(acts, [
    { epoch: 1, act: 'schedule' },
    { epoch: 2, act: 'open' },
  ]);
});

test('BR3 the whole way, and a late writer with an old epoch', async () => {
  const made = await schedule();
  const step = (epoch: number, act: 'open' | 'live' | 'close') =>
    briefings.advance({ id: made.id, epoch, act, account: pm.id });
  const open = await step(1, 'open');
  const live = await step(2, 'live');
  assert.equal(await step(2, 'close'), undefined, 'an old epoch is refused');
  const closed = await step(3, 'close');
  assert.deepEqual([open?.state, live?.state, closed?.state, closed?.epoch], ['open', 'live', 'closed', 4]);
  assert.ok(closed?.openedAt && closed.liveAt && closed.closedAt && closed.liveAt >= closed.openedAt);
});

test('BR4 who is expected is frozen when the doors open', async () => {
  const { id, scope } = await schedule();
  assert.deepEqual(await briefings.expected(id), []);
  const expected = units.index.baseUnits(scope);
  const open = await briefings.advance({ id, epoch: 1, act: 'open', account: pm.id, expected });
  assert.equal(open?.expected, expected.length);
  const frozen = await briefings.expected(id);
  assert.deepEqual(
    frozen,
    expected.map(({ code, path }) => ({ code, path })),
  );
});

test('BR7, BR9 a change and a cancelling are on record with the whole plan and the reason, by compare-and-set', async () => {
  const made = await schedule();
  const plan = {
    ...{ title: 'Another', scheduledAt: '2026-01-03T03:04:05.000Z', stage: 'vn', scope: ['vn.79'], expected: 2 },
    ...{ agenda: [{ title: 'Khai mạc', by: 'Thủ tướng', minutes: 5 }], producers: [pm.id], language: 'en' as const },
  };
  const notice = { kind: 'moved' as const, reason: 'Bão đổi hướng', from: made.scheduledAt };
  const change = () => briefings.change({ id: made.id, epoch: 1, account: pm.id, plan, notice });
  const changed = await change();
  assert.deepEqual(briefingSchema.parse(changed), changed);
  assert.partialDeepStrictEqual(changed, { ...plan, epoch: 2, state: 'scheduled', notice });
  assert.equal(await change(), undefined, 'an old epoch is refused');
  const cancel = (epoch: number) => briefings.cancel({ id: made.id, epoch, account: pm.id, reason: 'Mất điện' });
  const over = await cancel(2);
  assert.partialDeepStrictEqual(over, { state: 'closed', epoch: 3, notice: { kind: 'cancelled', reason: 'Mất điện' } });
  assert.equal(over?.closedAt, over?.notice?.at);
  assert.equal(await cancel(3), undefined, 'nothing that is over is called off');
  assert.equal(await briefings.change({ id: made.id, epoch: 3, account: pm.id, plan, notice }), undefined);
  const acts = await postgres.query<{ act: string; facts: Record<string, unknown> }>(
    'SELECT act, facts FROM briefing_acts WHERE briefing = $1 ORDER BY epoch',
    [made.id],
  );
  assert.deepEqual(
    acts.map(({ act, facts }) => [act, facts.title, (facts.notice as { reason?: string })?.reason]),
    [
      ['schedule', 'Test', undefined],
      ['change', 'Another', 'Bão đổi hướng'],
      ['cancel', undefined, 'Mất điện'],
    ],
  );
  assert.deepEqual(await checkBriefings(postgres), []);
  await postgres.query(
    `UPDATE briefings SET notice = jsonb_set(notice, '{reason}', '"x"'), agenda = '[]' WHERE id = $1`,
    [made.id],
  );
  assert.deepEqual(await checkBriefings(postgres), [
    `briefings (id ${made.id}): agenda, notice differ from what its acts say`,
  ]);
  await postgres.query('UPDATE briefings SET notice = $2, agenda = $3 WHERE id = $1', [
    made.id,
    over?.notice,
    JSON.stringify(plan.agenda),
  ]);
});

test('RH1, RH2 a rehearsal is known by its id, and its acts are sealed on a chain that says so', async () => {
  const plan = { title: 'Thử', scheduledAt: '2026-01-02T03:04:05.000Z', stage: 'vn', scope: ['vn.79'], expected: 1 };
  const [official, tried] = [await schedule(), await briefings.create({ ...plan, rehearsal: true, createdBy: pm.id })];
  assert.deepEqual([official.rehearsal, tried.rehearsal], [false, true]);
  assert.deepEqual(
    [official, tried].map(({ id }) => isRehearsal(id)),
    [false, true],
  );
  const chains = await postgres.query<{ chain: string }>(
    'SELECT chain FROM briefing_acts WHERE briefing = ANY($1) ORDER BY chain',
    [[official.id, tried.id]],
  );
  assert.deepEqual(
    chains.map(({ chain }) => chain),
    [`briefing:${official.id}`, `rehearsal:${tried.id}`],
  );
});

test('BR5 running briefings are those that are open or live', async () => {
  const [a, b, c] = [await schedule(), await schedule(), await schedule()];
  await briefings.advance({ id: a.id, epoch: 1, act: 'open', account: pm.id });
  await briefings.advance({ id: b.id, epoch: 1, act: 'live', account: pm.id });
  await briefings.advance({ id: c.id, epoch: 1, act: 'close', account: pm.id });
  const running = (await briefings.running()).map((r) => r.id);
  assert.deepEqual(
    [a, b, c].map((x) => running.includes(x.id)),
    [true, true, false],
  );
});

test('EN7 all nodes sign and know the same keys; a key is rotated after its time, and the one before goes on for a while', async () => {
  const store = new PgTokenKeys(postgres);
  const nodes = await Promise.all([1, 2, 3].map(() => TokenKeys.create(store)));
  const [first, second] = nodes as [TokenKeys, TokenKeys];
  assert.equal(new Set(nodes.map(({ newest }) => newest.id)).size, 1, 'of three that start at once, one makes it');
  const old = first.newest;
  assert.equal(old.secret.length, 32);
  await first.rotate();
  assert.equal(first.newest.id, old.id, 'not before its time');

  await postgres.query(`UPDATE briefing_keys SET made_at = made_at - interval '1 day 1 second'`);
  await first.rotate();
  assert.notEqual(first.newest.id, old.id);
  assert.deepEqual((await first.find(old.id))?.secret, old.secret, 'tokens that it signed are good still');
  assert.equal(second.newest.id, old.id);
  assert.deepEqual((await second.find(first.newest.id))?.secret, first.newest.secret, 'found when it is named');

  await postgres.query(`UPDATE briefing_keys SET made_at = made_at - interval '1 hour' WHERE id = $1`, [old.id]);
  await first.rotate();
  assert.equal(await first.find(old.id), undefined, 'no token can be that old');
});
