import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureActService } from '../../src/domain/figure/act/FigureActService.ts';
import { FigureIntake } from '../../src/domain/figure/FigureIntake.ts';
import { FigureOwners } from '../../src/domain/figure/owner/FigureOwners.ts';
import { FigureUploads } from '../../src/domain/figure/upload/FigureUploads.ts';
import { describedAt } from '../../src/domain/organisation/Accounts.ts';
import type { StoredAccount } from '../../src/domain/organisation/ports.ts';
import { Quotas } from '../../src/lib/Quotas.ts';
import type { FigureActAsk, FigureActKind } from '../../src/protocol/figureAct.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureOwners } from '../../src/store/postgres/figure/PgFigureOwners.ts';
import { PgFigurePulls } from '../../src/store/postgres/figure/PgFigurePulls.ts';
import { PgSourceKeys } from '../../src/store/postgres/figure/PgSourceKeys.ts';
import { PgAccountDesk } from '../../src/store/postgres/organisation/PgAccountDesk.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const two = { ...ministry, indicators: ['beds-free', 'tests'] };
const hospitals = { ...ministry, code: 'hospitals', kind: 'upload' } as const;
const offices = { ...two, code: 'offices', kind: 'upload' } as const;

let stores: TestStores;
let world: OfficialWorld;
let intake: PgFigureIntake;
let acts: FigureActService;
let uploads: FigureUploads;
let owners: FigureOwners;
let steward: Account;
before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  intake = new PgFigureIntake(world.postgres);
  const by = { account: null, name: 'dh figures' };
  await definitions.putIndicator(freeBeds, by);
  await definitions.putIndicator({ ...freeBeds, code: 'tests' }, by);
  for (const source of [two, hospitals, offices]) await definitions.putSource(source, by);
  const loaded = await definitions.load();
  const tree = () => world.units.index;
  const committed = () => undefined;
  acts = new FigureActService({ store: new PgFigureActs(world.postgres), tree, committed, quotas: new Quotas() });
  uploads = new FigureUploads({
    ...{ intake: new FigureIntake({ store: intake, tree, committed }), definitions: () => loaded, tree },
  });
  const keys = new PgSourceKeys(world.postgres);
  await keys.add('moh', Buffer.alloc(32, 7));
  owners = new FigureOwners({
    ...{ store: new PgFigureOwners(world.postgres), definitions: () => loaded, tree, card: () => undefined },
    ...{ keys: () => keys.made(), pulls: new PgFigurePulls(world.postgres) },
  });
  const made = { name: 'Cục Khám, chữa bệnh', role: 'steward', unit: 'vn', indicators: ['beds-free'] } as const;
  steward = account(await new PgAccounts(world.postgres).create({ ...made, indicators: ['beds-free'] }));
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const account = (one: StoredAccount): Account => describedAt(one, world.units.get(one.unit));
const pm = () => account(world.pm);
const seat = () => account(world.seats[0] as StoredAccount);
/** Of both indicators, for Phường Một. */
const send = async (day: string, beds: string, tests = beds) => {
  const row = { unit: '10001', period: day };
  const rows = [
    { ...row, row: 1, indicator: 'beds-free', value: beds },
    { ...row, row: 2, indicator: 'tests', value: tests },
  ];
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  return (await intake.take({ ...ask, source: two, rows }, world.units.index)).n ?? 0;
};
const cell = (day: string, indicator = 'beds-free', revision = 1) => ({
  ...{ indicator, unit: '10001', source: 'moh', revision, period: `${day}T05:00:00.000Z` },
});
const does = (who: Account, act: FigureActKind, of: FigureActAsk['of'], reason = 'đã gọi bệnh viện') =>
  acts.act(who, { key: randomUUID(), act, of, reason });
const one = (...value: Parameters<typeof cell>) => ({ values: [cell(...value)] });

test('FG38 a steward is kept with the indicators that they answer for, and is changed as others are', async () => {
  const { id, role, indicators } = steward;
  assert.deepEqual([role, indicators], ['steward', ['beds-free']]);
  assert.deepEqual((await new PgAccounts(world.postgres).find(id))?.indicators, ['beds-free']);
  const desk = new PgAccountDesk(world.postgres);
  const to = { name: steward.name, role: 'steward', unit: 'vn' } as const;
  const by = { account: world.pm.id };
  await desk.change(id, { ...to, indicators: ['tests'] }, by, () => undefined);
  assert.deepEqual((await new PgAccounts(world.postgres).find(id))?.indicators, ['tests']);
  await desk.change(id, { ...to, indicators: ['beds-free'] }, by, () => undefined);
  const done = await world.postgres.query<{ act: string; detail: { to: { indicators: string[] } } }>(
    'SELECT act, detail FROM people_acts WHERE about = $1 ORDER BY at',
    [id],
  );
  assert.deepEqual(
    done.map(({ act, detail }) => [act, detail.to.indicators]),
    [
      ['account.changed', ['tests']],
      ['account.changed', ['beds-free']],
    ],
  );
});

test('FG14 FG38 a steward releases and rejects what is held of their indicators, with a reason, and nothing else', async () => {
  const day = '2026-08-01';
  await send(day, '99999');
  await assert.rejects(does(steward, 'release', one(day, 'tests')), { reason: 'forbidden' });
  await assert.rejects(does(steward, 'release', { values: [cell(day), cell(day, 'tests')] }), { reason: 'forbidden' });
  await does(steward, 'release', one(day));
  await does(steward, 'reject', one(day));
  const elsewhere = { ...steward, unit: { ...steward.unit, path: 'vn.01' } };
  await assert.rejects(does(elsewhere, 'release', one(day)), { reason: 'outside-territory' });
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG15 FG38 of a batch with figures of others a steward decides on their own', async () => {
  const batch = await send('2026-08-02', '99999');
  assert.equal((await does(steward, 'release', { batch, root: 'vn' })).values, 1);
  assert.equal((await does(pm(), 'release', { batch, root: 'vn' })).values, 1, 'the other one is left');
  await assert.rejects(does(steward, 'release', { batch, root: 'vn' }), { reason: 'not-found' });
});

test('FG16 FG17 FG38 a steward answers who contests a figure of theirs, and contests none', async () => {
  const day = '2026-08-03';
  await send(day, '7');
  await assert.rejects(does(steward, 'contest', one(day)), { reason: 'forbidden' });
  await does(seat(), 'contest', one(day));
  await does(seat(), 'contest', one(day, 'tests'));
  await assert.rejects(does(steward, 'answer', one(day, 'tests')), { reason: 'forbidden' });
  await does(steward, 'answer', one(day));
  // Somebody above the steward has contested: it is not for them to say.
  await does(pm(), 'contest', one(day));
  const province = { ...steward, unit: { ...steward.unit, path: 'vn.79' } };
  await assert.rejects(does(province, 'answer', one(day)), { reason: 'forbidden' });
  await does(steward, 'answer', one(day));
});

test('FG74 FG38 a steward hands in files of sources that have their indicators alone, and corrects with a reason', async () => {
  const file = (value: string) => async () => ({
    ...{ bytes: Buffer.from(`unit;period;beds-free\n10001;2026-08-04;${value}\n`), format: 'csv' as const },
    style: 'vi' as const,
  });
  await assert.rejects(uploads.plan(steward, 'offices', file('7')), { reason: 'forbidden' });
  const record = (value: string, reason?: string) =>
    uploads.record(steward, 'hospitals', file(value), { key: randomUUID(), reason });
  assert.equal((await record('7')).accepted, 1);
  assert.equal((await record('8', 'đếm lại')).accepted, 1);
  const [last] = await world.postgres.query('SELECT by_name, reason FROM figure_batches ORDER BY n DESC LIMIT 1');
  assert.deepEqual(last, { by_name: steward.name, reason: 'đếm lại' });
  assert.deepEqual(await world.postgres.transaction(liveProblems), []);
});

test('FG39 a steward is told what came in, and what is held and contested and by whom, until somebody has decided', async () => {
  await send('2026-07-31', '5');
  const owned = await owners.owned(steward);
  const pushed = owned.sources.find(({ code }) => code === 'moh');
  assert.deepEqual(
    owned.sources.map(({ code, indicators, mayUpload, keys }) => [code, indicators, mayUpload, keys.length]),
    [
      ['hospitals', ['beds-free'], true, 0],
      ['moh', ['beds-free'], false, 1],
      ['offices', ['beds-free'], false, 0],
    ],
  );
  const [last] = pushed?.batches ?? [];
  assert.deepEqual([last?.by, last?.accepted, last?.indicators], ['Bộ Y tế', 2, ['beds-free']]);
  await send('2026-08-05', '88888');
  await send('2026-08-06', '6');
  await does(seat(), 'contest', one('2026-08-06'));
  const { open, openOf } = await owners.owned(steward);
  assert.deepEqual(openOf, { values: 2, from: 0 });
  const readFrom = async (from: number) => {
    const rest = await owners.owned(steward, from);
    return [rest.openOf, rest.open.map(({ value }) => value)];
  };
  assert.deepEqual(await readFrom(1), [{ values: 2, from: 1 }, [88_888]]);
  assert.deepEqual(await readFrom(2), [{ values: 2, from: 0 }, [6, 88_888]], 'it has become shorter meanwhile');
  assert.deepEqual(
    open.map(({ indicator, unit, name, period, value, contest }) => [
      indicator,
      unit,
      name,
      period,
      value,
      contest?.by,
    ]),
    [
      ['beds-free', '10001', 'Phường Một', '2026-08-05T17:00:00.000Z', 6, 'Chủ tịch 10001'],
      ['beds-free', '10001', 'Phường Một', '2026-08-04T17:00:00.000Z', 88_888, undefined],
    ],
  );
  assert.equal(open[0]?.contest?.unit, 'Phường Một');
  assert.deepEqual(
    open.map(({ reason, say, beside }) => [reason, typeof say?.vi, beside]),
    [
      [null, 'undefined', null],
      ['band', 'string', null],
    ],
  );
  // Decided, answered or said anew: it waits no more.
  await does(steward, 'reject', one('2026-08-05'));
  await does(steward, 'answer', one('2026-08-06'));
  const after = await owners.owned(steward);
  assert.deepEqual(after.open, []);
  // And they read what became of it, by whom and why.
  assert.deepEqual(
    after.decided
      ?.slice(0, 2)
      .map(({ act, name, value, by, reason, values }) => [act, name, value, by, reason, values]),
    [
      ['answer', 'Phường Một', 6, steward.name, 'đã gọi bệnh viện', 1],
      ['reject', 'Phường Một', 88_888, steward.name, 'đã gọi bệnh viện', 1],
    ],
  );
  assert.ok(after.decided?.every(({ indicator }) => indicator === 'beds-free'));
});

test('FG39 a steward of a province is told what waits there alone', async () => {
  await send('2026-08-07', '77777');
  const inside = { ...steward, unit: world.units.get('79') };
  assert.equal((await owners.owned(inside)).open.length, 1);
  assert.ok((await owners.owned(inside)).decided?.length);
  const other = { ...steward, unit: { ...world.units.get('10002') } };
  assert.deepEqual((await owners.owned(other)).open, []);
  assert.deepEqual((await owners.owned(other)).decided, []);
  const bytes = Buffer.from('unit;period;beds-free\n10002;2026-08-07;7\n');
  const file = async () => ({ bytes, format: 'csv' as const, style: 'vi' as const });
  await uploads.record(steward, 'hospitals', file, { key: randomUUID() });
  const elsewhere = { values: [{ ...cell('2026-08-07'), unit: '10002', source: 'hospitals' }] };
  await does(pm(), 'contest', elsewhere);
  await does(steward, 'answer', elsewhere);
  const store = new PgFigureOwners(world.postgres);
  const decided = async (...of: string[]) => (await store.decided(['beds-free'], of, 1)).map(({ unit }) => unit);
  const newest = [await decided('10001'), await decided('10002')];
  assert.deepEqual(newest, [['10001'], ['10002']], 'others take no place from them');
});

test('FG6 FG39 what was refused of a batch is a list, for who answers for all that its source sends', async () => {
  const bad = async () => ({
    ...{
      bytes: Buffer.from('unit;period;beds-free\n10001;2026-08-08;7\n10002;2026-08-08;x\n'),
      format: 'csv' as const,
    },
    style: 'vi' as const,
  });
  const { n } = await uploads.record(steward, 'hospitals', bad, { key: randomUUID() });
  const told = (await owners.owned(steward)).sources.find(({ code }) => code === 'hospitals');
  assert.deepEqual([told?.batches[0]?.n, told?.batches[0]?.refused, told?.batches[0]?.errors], [n, 1, 1]);
  assert.deepEqual(
    (await owners.errors(steward, n ?? 0)).map(({ row, column }) => [row, column]),
    [[3, 'value']],
  );
  const batch = await send('2026-08-09', '5');
  await assert.rejects(owners.errors(steward, batch), { reason: 'forbidden' });
  await assert.rejects(owners.errors(steward, 9_999), { reason: 'not-found' });
});

test('FG39 a steward is told when a figure of theirs was on the stage of a briefing', async () => {
  const briefing = await world.liveBriefing();
  const what = { indicator: 'beds-free', root: 'vn' };
  const act = (version: number, kind: string, of: object | null) =>
    world.postgres.query(
      `INSERT INTO figure_stage_acts (chain, seal, leaf, briefing, version, at, act, what, n, by_name)
       VALUES ('test', 1, $1::int, $2, $1::bigint, clock_timestamp(), $3, $4, 1, 'Thủ tướng')`,
      [version, briefing, kind, of],
    );
  await act(1, 'show', what);
  assert.deepEqual((await owners.owned(steward)).staged[0]?.until, null);
  await act(2, 'mark', what);
  await act(3, 'clear', null);
  await act(4, 'show', { ...what, indicator: 'tests' });
  const { staged } = await owners.owned(steward);
  assert.deepEqual(
    staged.map(({ title, until, n }) => [title, until === null, n]),
    [['Họp phòng, chống dịch', false, 1]],
  );
  await act(5, 'show', { ...what, root: '01' });
  const store = new PgFigureOwners(world.postgres);
  const roots = async (...of: string[]) => (await store.staged(['beds-free'], of, 1)).map(({ root }) => root);
  assert.deepEqual([await roots('vn', '79'), await roots('01')], [['vn'], ['01']], 'others take no place from them');
});
