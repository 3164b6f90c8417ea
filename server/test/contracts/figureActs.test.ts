import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureActService } from '../../src/domain/figure/act/FigureActService.ts';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import { Quotas } from '../../src/lib/Quotas.ts';
import type { FigureActAsk, FigureActKind } from '../../src/protocol/figureAct.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let intake: PgFigureIntake;
let service: FigureActService;
const told: number[] = [];
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  intake = new PgFigureIntake(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator(freeBeds, by);
  await definitions.putIndicator({ ...freeBeds, code: 'cases', kind: 'cumulative' }, by);
  await definitions.putSource({ ...ministry, indicators: ['beds-free', 'cases'] }, by);
  await definitions.putSource({ ...ministry, code: 'army', rank: 2 }, by);
  service = new FigureActService({
    ...{ store: new PgFigureActs(world.postgres), tree: () => world.units.index, committed: (n) => told.push(n) },
    quotas: new Quotas(),
  });
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const account = ({ unit, ...one }: StoredAccount): Account => ({ ...one, unit: world.units.get(unit) });
const seat = (i: number) => account(world.seats[i] as StoredAccount);
const moderator = () => account(world.moderator);
const pm = () => account(world.pm);
const send = async (
  period: string,
  values: Readonly<Record<string, string | null>>,
  source = ministry,
  indicator = 'beds-free',
) => {
  const rows = Object.entries(values).map(
    ([unit, value], i): FigureRow => ({ row: i + 1, indicator, unit, period, value }),
  );
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  return (await intake.take({ ...ask, source, rows, reason: 'sửa' }, world.units.index)).n ?? 0;
};
const cellAt = (unit: string, period: string, revision = 1, source = 'moh') => ({
  ...{ indicator: 'beds-free', unit, source, revision, period: `${period}T05:00:00.000Z` },
});
type Value = ReturnType<typeof cellAt>;
const ask = (act: FigureActKind, value: Value, more: Partial<FigureActAsk> = {}): FigureActAsk => ({
  ...{ key: randomUUID(), act, of: { values: [value] }, reason: 'có lý do', ...more },
});
const does = (who: Account, act: FigureActKind, value: Value, more: Partial<FigureActAsk> = {}) =>
  service.act(who, ask(act, value, more));
const nothingWrong = async () => assert.deepEqual(await world.postgres.transaction(liveProblems), []);

test('FG4 FG14 a held value is released, and rejected again, each at the next N; the same key has the same answer', async () => {
  const day = '2026-08-01';
  const n = await send(day, { 10001: '99999' });
  const value = cellAt('10001', day);
  const asked = ask('release', value);
  const first = await service.act(moderator(), asked);
  assert.deepEqual(first, { n: n + 1, values: 1 });
  assert.deepEqual(await service.act(moderator(), asked), first);
  await assert.rejects(service.act(pm(), asked), { reason: 'conflict' });
  await assert.rejects(does(moderator(), 'release', value), { reason: 'conflict' });
  assert.equal((await does(moderator(), 'reject', value)).n, n + 2);
  assert.equal(told.at(-1), n + 2);
  await nothingWrong();
});

test('FG20 under the key of an act another value, reason or batch is a conflict, and the same in another order is not', async () => {
  const day = '2026-08-11';
  const batch = await send(day, { 10001: '99999', 10002: '99999' });
  const [one, two] = [cellAt('10001', day), cellAt('10002', day)];
  const asked = ask('reject', one, { of: { values: [one, two] } });
  const first = await service.act(moderator(), asked);
  const turned = { values: [two, { ...one, period: new Date(one.period).toISOString() }] };
  assert.deepEqual(await service.act(moderator(), { ...asked, of: turned }), first);
  for (const other of [
    ...[{ of: { values: [one] } }, { of: { values: [one, { ...two, revision: 2 }] } }, { reason: 'lý do khác' }],
    { of: { batch, root: '79' } },
  ])
    await assert.rejects(service.act(moderator(), { ...asked, ...other }), { reason: 'conflict' });
  const whole = ask('release', one, { of: { batch: await send('2026-08-12', { 10001: '99999' }), root: '79' } });
  await service.act(moderator(), whole);
  const wider = { ...whole.of, root: '10001' };
  await assert.rejects(service.act(moderator(), { ...whole, of: wider } as FigureActAsk), { reason: 'conflict' });
  await nothingWrong();
});

test('FG14 who decides says why, leads there, and is no seat; a refused act leaves no gap in N', async () => {
  const day = '2026-08-02';
  const n = await send(day, { 10001: '99999', 10002: '5' });
  const value = cellAt('10001', day);
  await assert.rejects(does(moderator(), 'release', value, { reason: undefined }), { reason: 'bad-request' });
  await assert.rejects(does(seat(0), 'release', value), { reason: 'forbidden' });
  const elsewhere: Account = { ...moderator(), unit: { ...moderator().unit, path: 'vn.01' } };
  await assert.rejects(does(elsewhere, 'reject', value), { reason: 'outside-territory' });
  await assert.rejects(does(moderator(), 'release', cellAt('10002', day)), { reason: 'conflict' });
  await assert.rejects(does(moderator(), 'release', cellAt('10003', day)), { reason: 'not-found' });
  await assert.rejects(does(moderator(), 'release', cellAt('10001', day, 1, 'nobody')), { reason: 'not-found' });
  const two = { values: [value, cellAt('10002', day, 1, 'army')] };
  await assert.rejects(does(moderator(), 'release', value, { of: two }), { reason: 'bad-request' });
  assert.equal((await does(moderator(), 'reject', value)).n, n + 1);
  await nothingWrong();
});

test('FG16 FG17 a unit contests a value of itself, alone withdraws, and somebody of it or above answers who did not contest', async () => {
  const day = '2026-08-03';
  await send(day, { 10001: '7', 10002: null });
  const value = cellAt('10001', day);
  await assert.rejects(does(seat(1), 'contest', value), { reason: 'outside-territory' });
  await assert.rejects(does(seat(1), 'contest', cellAt('10002', day)), { reason: 'conflict' });
  await does(seat(0), 'contest', value, { reason: undefined });
  await assert.rejects(does(moderator(), 'contest', value), { reason: 'conflict' });
  await assert.rejects(does(seat(0), 'answer', value), { reason: 'forbidden' });
  await assert.rejects(does(moderator(), 'withdraw', value), { reason: 'forbidden' });
  await does(moderator(), 'answer', value);
  await assert.rejects(does(moderator(), 'answer', value), { reason: 'conflict' });
  await does(seat(0), 'contest', value);
  await does(seat(0), 'withdraw', value, { reason: undefined });
  await does(pm(), 'contest', value);
  await assert.rejects(does(pm(), 'answer', value), { reason: 'forbidden' });
  await assert.rejects(does(moderator(), 'answer', value), { reason: 'forbidden' });
  await does({ ...pm(), id: randomUUID() }, 'answer', value);
  await nothingWrong();
});

test('FG20 FG16 nobody acts on what the source has replaced meanwhile, nor contests what does not count', async () => {
  const day = '2026-08-04';
  await send(day, { 10001: '99999' });
  await send(day, { 10001: '6' }, { ...ministry, code: 'army', rank: 2 });
  await assert.rejects(does(seat(0), 'contest', cellAt('10001', day)), { reason: 'conflict' }, 'it is held');
  await does(seat(0), 'contest', cellAt('10001', day, 1, 'army'));
  await send(day, { 10001: '8' });
  await assert.rejects(does(moderator(), 'release', cellAt('10001', day)), { reason: 'conflict' });
  await assert.rejects(does(seat(0), 'contest', cellAt('10001', day, 1, 'army')), { reason: 'conflict' });
  await does(seat(0), 'contest', cellAt('10001', day, 2));
  await nothingWrong();
});

test('FG8 FG14 a later value is compared with one that was released', async () => {
  const said = async (period: string, value: string) => {
    await send(period, { 10001: value }, { ...ministry, code: 'moh' }, 'cases');
    const found = await world.postgres.query<{ held: boolean }>(
      `SELECT held FROM observations WHERE indicator = 'cases' ORDER BY batch DESC LIMIT 1`,
    );
    return found[0]?.held;
  };
  assert.equal(await said('2026-08-01', '100'), false);
  assert.equal(await said('2026-08-02', '90'), true);
  assert.equal(await said('2026-08-03', '95'), true, 'below the hundred');
  await does(moderator(), 'release', { ...cellAt('10001', '2026-08-02'), indicator: 'cases' });
  assert.equal(await said('2026-08-04', '95'), false, 'not below the ninety, which counts now');
  await nothingWrong();
});

test('FG15 all that is held of a batch in a territory is released in one act, less what was decided or replaced', async () => {
  const day = '2026-08-05';
  const batch = await send(day, { 10001: '99999', 10002: '99998', 10003: '99997' });
  await send(day, { 10002: '9' });
  await does(moderator(), 'reject', cellAt('10003', day));
  const of = { batch, root: '79' };
  const { values } = await service.act(moderator(), ask('release', cellAt('10001', day), { of }));
  assert.equal(values, 1);
  const again = service.act(moderator(), ask('release', cellAt('10001', day), { of }));
  await assert.rejects(again, { reason: 'not-found' });
  const contest = service.act(moderator(), ask('contest', cellAt('10001', day), { of }));
  await assert.rejects(contest, { reason: 'bad-request' });
  const above = service.act(moderator(), ask('release', cellAt('10001', day), { of: { batch, root: 'vn' } }));
  await assert.rejects(above, { reason: 'outside-territory' });
  await nothingWrong();
});

test('FG4 acts and batches at once, some of which are refused, leave no gap in N', async () => {
  const day = '2026-08-06';
  const units = ['10001', '10002', '10003'];
  const before = await send(day, Object.fromEntries(units.map((unit) => [unit, '50000'])));
  const some = await Promise.allSettled(
    units.flatMap((unit, i) => [
      does(moderator(), 'release', cellAt(unit, day)),
      does(moderator(), i === 0 ? 'answer' : 'release', cellAt(unit, day)),
      send(`2026-07-0${i + 1}`, { [unit]: '4' }),
    ]),
  );
  const ns = some.flatMap((each) =>
    each.status === 'rejected' ? [] : [typeof each.value === 'number' ? each.value : each.value.n],
  );
  assert.deepEqual(
    ns.toSorted((a, b) => a - b),
    Array.from({ length: 6 }, (_, i) => before + 1 + i),
  );
  await nothingWrong();
});
