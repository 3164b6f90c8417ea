import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureForm } from '../../src/domain/figure/form/FigureForm.ts';
import type { FormAsk, FormOutcome } from '../../src/domain/figure/form/facts.ts';
import { FORM_LOOKS } from '../../src/domain/figure/limits.ts';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import { Quotas } from '../../src/lib/Quotas.ts';
import { DomainError } from '../../src/protocol/errors.ts';
import type { FigureActAsk } from '../../src/protocol/figureAct.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureForm } from '../../src/store/postgres/figure/PgFigureForm.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { liveProblems } from '../../src/store/postgres/record/liveProblems.ts';
import { communes, freeBeds, ministry, typedIn } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let definitions: PgFigureDefinitions;
let store: PgFigureForm;
const by = { account: null, name: 'dh figures' };
/** Typed in by form, and never late while a test runs. */
const weekly = { ...freeBeds, code: 'beds-week', every: 'week' } as const;
const once = { ...freeBeds, code: 'beds-once', every: 'once' } as const;

before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  definitions = new PgFigureDefinitions(world.postgres);
  store = new PgFigureForm(world.postgres);
  for (const indicator of [freeBeds, weekly, once]) await definitions.putIndicator(indicator, by);
  await definitions.putSource(ministry, by);
  await definitions.putSource({ ...communes, indicators: ['beds-free', 'beds-week', 'beds-once'] }, by);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const enter = (...asks: FormAsk[]) => store.enter(communes.code, asks, world.units.index);
const done = (outcome: FormOutcome | undefined) => {
  if (!outcome || 'error' in outcome) throw outcome?.error ?? new Error('no outcome');
  return outcome;
};
const reasonOf = (outcome: FormOutcome | undefined) =>
  outcome && 'error' in outcome && outcome.error instanceof DomainError && outcome.error.reason;
const lastN = async () => (await world.postgres.query<{ n: number }>('SELECT n::float8 FROM figure_counter'))[0]?.n;
const nothingWrong = async () => assert.deepEqual(await world.postgres.transaction(liveProblems), []);

test('FG71 what many units type in is one batch, and each has a receipt that holds', async () => {
  const before = (await lastN()) ?? 0;
  const outcomes = await enter(typedIn('10001', '12'), typedIn('10002', '7'), typedIn('10003', null));
  const [one, two, three] = outcomes.map(done);
  assert.equal(await lastN(), before + 1);
  assert.deepEqual([one?.record.n, two?.record.n, three?.record.n], Array(3).fill(before + 1));
  for (const { receipt } of [one, two, three].flatMap((each) => each ?? [])) assert.ok(receiptHolds(receipt));
  assert.equal(one?.receipt.record.unit, '10001');
  assert.deepEqual(one?.receipt.record.person, { name: 'Lê Thị B', title: 'Văn thư' });
  assert.match(JSON.stringify(two?.receipt.record.said), /"value":7\b/);
  await nothingWrong();
});

test('FG71 the same key is recorded once, and has its first receipt; of another unit it is a conflict', async () => {
  const ask = typedIn('10001', '13');
  const [first] = await enter(ask);
  const n = await lastN();
  const [again] = await enter(ask);
  assert.equal(await lastN(), n);
  assert.deepEqual(done(again), { ...done(first), first: false });
  assert.deepEqual(await store.underKey('10001', ask.key), done(again));
  assert.equal(await store.underKey('10002', ask.key), undefined);
  assert.equal(await store.underKey('10001', randomUUID()), undefined);
  assert.equal(reasonOf((await enter(typedIn('10002', '1', { key: ask.key })))[0]), 'conflict');
});

test('FG71 other values, another period or another reason under the key of an entry are a conflict; the same in other writing is not', async () => {
  const period = new Date().toISOString();
  const cell = (indicator: string, value: string | null) => ({ indicator, period, value });
  const values = [cell('beds-free', '15'), cell('beds-week', null)];
  const ask = typedIn('10003', null, { values });
  const first = done((await enter(ask))[0]);
  const written = [cell('beds-week', null), cell('beds-free', '15.0')];
  assert.deepEqual(done((await enter({ ...ask, values: written }))[0]), { ...first, first: false });
  const before = new Date(Date.now() - 86_400_000).toISOString();
  for (const other of [
    { values: [cell('beds-free', '16'), cell('beds-week', null)] },
    { values: [cell('beds-free', '15'), cell('beds-week', '0')] },
    { values: [cell('beds-free', '15')] },
    { values: [{ ...cell('beds-free', '15'), period: before }, cell('beds-week', null)] },
    { values: [cell('beds-free', '15,5'), cell('beds-week', null)] },
    { reason: 'đếm lại' },
  ])
    assert.equal(reasonOf((await enter({ ...ask, ...other }))[0]), 'conflict', JSON.stringify(other));
  await nothingWrong();
});

test('FG7 what a unit said last and says again is no row, and has a receipt all the same', async () => {
  await enter(typedIn('10002', '20'));
  const n = await lastN();
  const { record, receipt } = done((await enter(typedIn('10002', '20')))[0]);
  assert.deepEqual([record.n, record.said[0]?.fresh, await lastN()], [null, false, n]);
  assert.ok(receiptHolds(receipt));
  await nothingWrong();
});

test('FG71 an entry is recorded whole or not at all, and a bad one keeps no other from the record', async () => {
  const period = new Date().toISOString();
  const half = [
    { indicator: 'beds-free', period, value: '1' },
    { indicator: 'beds-week', period, value: 'mười' },
  ];
  const [bad, good] = await enter(typedIn('10001', null, { values: half }), typedIn('10003', '33'));
  assert.equal(reasonOf(bad), 'bad-request');
  assert.equal(done(good).record.said[0]?.value, 33);
  const { rows } = await store.saidOf('10001', []);
  assert.deepEqual(rows, []);
  assert.equal(reasonOf((await enter(typedIn('99999', '1')))[0]), 'bad-request');
});

test('FG14 a value outside the soft limits is recorded, and held', async () => {
  const said = async () => done((await enter(typedIn('10001', '20000')))[0]).record.said[0];
  const first = await said();
  assert.deepEqual([first?.held, first?.fresh], [true, true]);
  const again = await said();
  assert.deepEqual([again?.held, again?.fresh], [true, false], 'said once more, it stands as it did');
});

test('FG72 what would be stale already, and what has not begun, takes no values', async () => {
  const at = (days: number, value = '5') =>
    typedIn('10001', null, {
      values: [{ indicator: 'beds-free', period: new Date(Date.now() + days * 86_400_000).toISOString(), value }],
    });
  assert.equal(reasonOf((await enter(at(-5)))[0]), 'too-late');
  assert.equal(reasonOf((await enter(at(2)))[0]), 'bad-request');
  assert.equal(done((await enter(at(-1)))[0]).first, true);
});

test('FG18 a correction of what was due says why', async () => {
  const said = (value: string, reason?: string) =>
    typedIn('10003', null, {
      values: [{ indicator: 'beds-once', period: new Date().toISOString(), value }],
      ...(reason && { reason }),
    });
  done((await enter(said('5')))[0]);
  assert.equal(done((await enter(said('5')))[0]).record.n, null, 'the same is no correction');
  assert.equal(reasonOf((await enter(said('6')))[0]), 'bad-request');
  const { record, receipt } = done((await enter(said('6', 'đếm thiếu một giường')))[0]);
  assert.equal(record.said[0]?.value, 6);
  assert.equal(receipt.record.reason, 'đếm thiếu một giường');
});

test('FG70 a source by form takes nothing with a key or as a file, and another takes no form', async () => {
  const batch = (kind?: 'upload') => ({
    ...{ source: communes, key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'c'.repeat(64), by: 'ai đó' },
    rows: [{ row: 1, indicator: 'beds-free', unit: '10001', period: '2026-01-01', value: '1' }],
    ...(kind && { kind }),
  });
  const intake = new PgFigureIntake(world.postgres);
  await assert.rejects(intake.take(batch('upload') as never, world.units.index), { reason: 'forbidden' });
  await assert.rejects(store.enter(ministry.code, [typedIn('10001', '1')], world.units.index), { reason: 'forbidden' });
  await assert.rejects(definitions.putSource({ ...ministry, kind: 'form' }, by), { reason: 'conflict' });
});

/** As a node has it. */
async function form(told: number[] = []) {
  const { n: _, ...loaded } = await definitions.load();
  return new FigureForm({
    isReporting: () => true,
    ...{ store, definitions: () => loaded, tree: () => world.units.index, now: () => Date.now() },
    ...{ committed: (n) => told.push(n), quotas: new Quotas() },
  });
}
const seat = (unit: string): Account => {
  const account = world.seats.find((each) => each.unit === unit);
  const { path, name } = world.units.get(unit);
  return { ...account, role: 'seat', unit: { code: unit, path, name } } as unknown as Account;
};
const device = { identity: '10002.a', person: null };
const entryOf = (value: string, key: string = randomUUID()) => {
  const { source, values } = typedIn('10002', value);
  return { key, source, values };
};

test('FG72 a unit is asked for what ended and for what goes on, with the last value beside it', async () => {
  const { tasks } = await (await form()).tasks(seat('10001'));
  const beds = tasks.filter(({ indicator }) => indicator.code === 'beds-free');
  assert.deepEqual([beds.length, beds.map(({ own }) => own?.value)], [2, [5, 20000]]);
  assert.deepEqual(beds[1]?.last?.value, 5);
  assert.deepEqual([beds[1]?.own?.held, beds[1]?.state], [true, 'done']);
  const weeks = tasks.filter(({ indicator }) => indicator.code === 'beds-week');
  assert.deepEqual(weeks.at(-1)?.state, 'due');
  assert.equal(tasks.find(({ indicator }) => indicator.code === 'beds-once')?.due, null);
});

test('FG21 FG23 a unit reads what all sources say of it, and which of it counts', async () => {
  const today = { row: 1, indicator: 'beds-free', unit: '10002', period: new Date().toISOString(), value: '19' };
  await new PgFigureIntake(world.postgres).take(
    {
      ...{ source: ministry, key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'e'.repeat(64), by: 'Bộ' },
      rows: [today],
    },
    world.units.index,
  );
  const said = (await (await form()).said(seat('10002'))).find(({ indicator }) => indicator.code === 'beds-free');
  assert.deepEqual(
    said?.words.map(({ name, value, counts }) => [name, value, counts]),
    [
      ['Bộ Y tế', 19, true],
      ['Đơn vị tự nhập', 20, false],
    ],
  );
  assert.equal(said?.state, 'contested');
});

test('FG71 one account looks at the numbers of its unit so often and no more, and holds up no other', async () => {
  const [service, own] = [await form(), seat('10002')];
  const looks = Array.from({ length: FORM_LOOKS.burst + 3 }, (_, i) =>
    i % 2 === 0 ? service.said(own) : service.tasks(own),
  );
  const refused = (await Promise.allSettled(looks)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    Array(3).fill('rate-limited'),
  );
  await service.said(seat('10001'));
});

test('FG14 FG16 a unit reads what was released, and what of it is contested', async () => {
  const acts = new PgFigureActs(world.postgres);
  const service = await form();
  const wordOf = async (unit: string, source: string) => {
    const said = (await service.said(seat(unit))).find(({ indicator }) => indicator.code === 'beds-free');
    const [word] = (said?.words ?? []).filter((each) => each.source === source).sort((a, b) => b.revision - a.revision);
    assert.ok(said && word);
    const { revision } = word;
    return { state: said.state, word, value: { indicator: 'beds-free', unit, period: said.period, source, revision } };
  };
  const held = await wordOf('10001', 'communes');
  assert.deepEqual([held.state, held.word.held], ['held', true]);
  const leader = { ...seat('10001'), id: randomUUID(), role: 'moderator', unit: world.units.get('vn') } as Account;
  const key = randomUUID;
  const release: FigureActAsk = { key: key(), act: 'release', reason: 'đúng như vậy', of: { values: [held.value] } };
  await acts.act(release, leader, world.units.index);
  const released = await wordOf('10001', 'communes');
  assert.deepEqual([released.state, released.word.held, released.word.counts], ['fresh', false, true]);
  const toldOf = ({ word: { act } }: typeof released) => [act?.act, act?.by, act?.reason];
  assert.deepEqual([held.word.act, ...toldOf(released)], [null, 'release', leader.name, 'đúng như vậy']);
  const again = done((await enter(typedIn('10001', '20000')))[0]).record.said[0];
  assert.deepEqual([again?.held, again?.fresh], [false, false], 'and is told so to whoever says it once more');
  const { tasks } = await service.tasks(seat('10001'));
  assert.equal(tasks.findLast(({ indicator }) => indicator.code === 'beds-free')?.own?.held, false);

  const others = await wordOf('10002', 'moh');
  const contest: FigureActAsk = { key: key(), act: 'contest', of: { values: [others.value] } };
  await acts.act(contest, seat('10002'), world.units.index);
  const { word: contested } = await wordOf('10002', 'moh');
  assert.deepEqual([contested.contested, contested.ownContest], [true, true]);
  const withdraw: FigureActAsk = { key: key(), act: 'withdraw', of: { values: [others.value] } };
  await acts.act(withdraw, seat('10002'), world.units.index);
  const { word: withdrawn } = await wordOf('10002', 'moh');
  assert.deepEqual([withdrawn.contested, withdrawn.ownContest], [false, false]);
  await acts.act({ ...contest, key: key() }, leader, world.units.index);
  const { word: above } = await wordOf('10002', 'moh');
  assert.deepEqual([above.contested, above.ownContest], [true, false]);
  const [other] = [{ ...leader, id: randomUUID(), name: 'Ban Điều hành' }];
  const answer: FigureActAsk = { key: key(), act: 'answer', reason: 'đã đối chiếu', of: { values: [others.value] } };
  await acts.act(answer, other, world.units.index);
  assert.deepEqual(toldOf(await wordOf('10002', 'moh')), ['answer', 'Ban Điều hành', 'đã đối chiếu']);
  const reject: FigureActAsk = { key: key(), act: 'reject', reason: 'nhầm', of: { values: [released.value] } };
  await acts.act(reject, leader, world.units.index);
  const rejected = await wordOf('10001', 'communes');
  assert.deepEqual(
    [rejected.word.rejected, rejected.word.counts, ...toldOf(rejected)],
    [...[true, false, 'reject', leader.name, 'nhầm']],
  );
});

test('FG71 two entries of a unit at the same moment follow each other, and others hear of the last', async () => {
  const told: number[] = [];
  const service = await form(told);
  const key = randomUUID();
  const [one, again, two] = await Promise.all([
    service.enter(seat('10002'), device, entryOf('41', key)),
    service.enter(seat('10002'), device, entryOf('41', key)),
    service.enter(seat('10002'), device, entryOf('42')),
  ]);
  assert.deepEqual([one?.first, again?.first, again?.receipt], [true, false, one?.receipt]);
  assert.ok((two?.n ?? 0) > (one?.n ?? 0));
  assert.deepEqual(told, [two?.n]);
  const { tasks } = await service.tasks(seat('10002'));
  assert.equal(tasks.findLast(({ indicator }) => indicator.code === 'beds-free')?.own?.value, 42);
});

test('FG71 nobody but a seat types in, and one account does so a dozen times at once', async () => {
  const service = await form();
  const moderator = { ...seat('10002'), role: 'moderator' } as Account;
  await assert.rejects(service.enter(moderator, device, entryOf('1')), { reason: 'forbidden' });
  await assert.rejects(service.enter(seat('10002'), device, { ...entryOf('1'), source: 'moh' }), {
    reason: 'not-found',
  });
  const all = await Promise.allSettled(
    Array.from({ length: 13 }, (_, i) => service.enter(seat('10002'), device, entryOf(`${100 + i}`))),
  );
  const refused = all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as DomainError).reason] : []));
  assert.deepEqual(refused, ['rate-limited']);
});
