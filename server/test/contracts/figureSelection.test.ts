import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { FigureActService } from '../../src/domain/figure/act/FigureActService.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { SELECTIONS_READ } from '../../src/domain/figure/limits.ts';
import { periodOf } from '../../src/domain/figure/periods.ts';
import { SelectionBook } from '../../src/domain/figure/selection/SelectionBook.ts';
import { Selections } from '../../src/domain/figure/selection/Selections.ts';
import { Quotas } from '../../src/lib/Quotas.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import { type SelectionAsk, type SelectionRule, selectionAskSchema } from '../../src/protocol/figureSelection.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureActs } from '../../src/store/postgres/figure/act/PgFigureActs.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { PgSelections } from '../../src/store/postgres/figure/selection/PgSelections.ts';
import { refusalOf } from '../support/DirectiveWorld.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: OfficialWorld;
let live: LiveFigures;
let said: PgFigureReader;
let store: PgSelections;
let selections: Selections;
let book: SelectionBook;
const day = (nr: number) => `2026-08-${String(nr).padStart(2, '0')}`;
const at = (nr: number) => periodOf('day', Date.parse(`${day(nr)}T12:00+07:00`));
/** Where the clock of this node stands. */
let now = Date.now();
const by = { account: null, name: 'dh figures' };
const units = ['10001', '10002', '10003'] as const;

before(async () => {
  stores = await openStores({ world: true });
  world = await OfficialWorld.create(stores.databaseUrl);
  const definitions = new PgFigureDefinitions(world.postgres);
  const usual = { ...freeBeds, dueSeconds: 4_000 * 86_400, staleSeconds: 4_000 * 86_400 };
  for (const code of ['beds-free', 'beds-all']) await definitions.putIndicator({ ...usual, code }, by);
  const ratio = { numerator: 'beds-free', denominator: 'beds-all', up: 'ratio', scale: 1 } as const;
  await definitions.putIndicator({ ...usual, code: 'share', ...ratio }, by);
  await definitions.putSource({ ...ministry, indicators: ['beds-free', 'beds-all'] }, by);
  said = new PgFigureReader(world.postgres);
  store = new PgSelections(world.postgres);
  live = new LiveFigures({ store: said, units: () => world.units.index.units, clock: { now: () => new Date(now) } });
  selections = new Selections({
    ...{ live, store, said, tree: () => world.units.index },
    readBriefing: async (_, id) => {
      if (!(await world.briefings.find(id))) throw refuse('not-found', 'there is no such briefing');
    },
  });
  book = new SelectionBook({ store, said, tree: () => world.units.index });
  await take({ '10001': '12', '10002': '40', '10003': null }, day(1));
});
after(async () => {
  await world?.close();
  await stores?.close();
});

/** @returns the N */
async function take(values: Readonly<Record<string, string | null>>, period: string, indicator = 'beds-free') {
  const rows = Object.entries(values).map(
    ([unit, value], i): FigureRow => ({
      ...{ row: i + 1, indicator, unit, period, value },
    }),
  );
  const ask = { key: randomUUID(), mode: 'partial', dryRun: false, bodyHash: 'b'.repeat(64), by: 'Bộ Y tế' } as const;
  const indicators = ['beds-free', 'beds-all'];
  const source = { ...ministry, indicators };
  const { n } = await new PgFigureIntake(world.postgres).take({ ...ask, source, rows }, world.units.index);
  await live.reload();
  return n ?? 0;
}
const person = ({ id, name, role }: { id: string; name: string; role: Account['role'] }, unit: string): Account => ({
  ...{ id, name, role, unit: world.units.get(unit) },
});
const pm = () => person(world.pm, 'vn');
const moderator = () => person(world.moderator, '79');
const seat = (i: 0 | 1 | 2) => person(world.seats[i] as (typeof world.seats)[number], units[i]);
const asking = (rule: SelectionRule, more: Partial<SelectionAsk> = {}): SelectionAsk =>
  selectionAskSchema.parse({
    ...{ key: randomUUID(), indicator: 'beds-free', period: new Date(at(1)).toISOString(), n: live.n, root: 'vn' },
    ...{ rule, ...more },
  });
const chosenBy = async (rule: SelectionRule, more: Partial<SelectionAsk> = {}) => {
  const { id } = await selections.freeze(pm(), asking(rule, more));
  return (await book.read(pm(), id)).units.map(({ unit, value, state }) => [unit, value, state]);
};

test('FG29 FG55 what a rule chooses is frozen with N, period, units and what each of them had, by what the server knows', async () => {
  const ask = asking({ is: 'at-most', value: 40 });
  const selection = await selections.freeze(pm(), ask);
  const { indicator, ...rest } = selection;
  assert.equal(indicator.code, 'beds-free');
  assert.equal(indicator.version, 1);
  assert.deepEqual(
    { ...rest, at: '', nAt: '' },
    {
      ...{ id: selection.id, period: ask.period, n: ask.n, root: { unit: 'vn', path: 'vn', name: 'Việt Nam' } },
      ...{ rule: ask.rule, except: [], units: 2, by: 'Thủ tướng', at: '', nAt: '' },
    },
  );
  assert.equal(Date.parse(selection.nAt), await said.timeOf(ask.n));
  const until = new Date(at(2)).toISOString();
  const { units: frozen } = await book.read(pm(), selection.id);
  assert.deepEqual(frozen, [
    { unit: '10001', path: 'vn.79.10001', name: 'Phường Một', value: 12, state: 'fresh', until },
    { unit: '10002', path: 'vn.79.10002', name: 'Phường Hai', value: 40, state: 'fresh', until },
  ]);
  await take({ '10001': '13' }, day(1));
  assert.deepEqual((await book.read(pm(), selection.id)).units, frozen, 'what comes later moves nothing in it');
});

test('FG55 each rule by its own words: from a limit up or down, without a value; exceptions are taken out; nobody is no selection', async () => {
  assert.deepEqual(await chosenBy({ is: 'at-least', value: 40 }), [['10002', 40, 'fresh']]);
  assert.deepEqual(await chosenBy({ is: 'none' }), [['10003', null, 'none']]);
  assert.deepEqual(await chosenBy({ is: 'at-most', value: 40 }, { except: ['10001'] }), [['10002', 40, 'fresh']]);
  assert.equal(await refusalOf(selections.freeze(pm(), asking({ is: 'held' }))), 'bad-request');
  assert.equal(
    await refusalOf(selections.freeze(pm(), asking({ is: 'at-most', value: 40 }, { except: ['79'] }))),
    'bad-request',
  );
});

test('FG29 only who leads the territory makes one, and the same under its key answers the first, another thing nothing', async () => {
  const rule = { is: 'at-most', value: 100 } as const;
  assert.equal(await refusalOf(selections.freeze(moderator(), asking(rule))), 'outside-territory');
  assert.equal(await refusalOf(selections.freeze(seat(0), asking(rule, { root: '10001' }))), 'forbidden');
  const ask = asking(rule, { root: '79' });
  const first = await selections.freeze(moderator(), ask);
  assert.deepEqual(await selections.freeze(moderator(), ask), first);
  const others: readonly Partial<SelectionAsk>[] = [
    ...[{ rule: { is: 'at-least', value: 0 } as const }, { root: '10001' }, { except: ['10001'] }],
  ];
  for (const other of others)
    assert.equal(
      await refusalOf(selections.freeze(moderator(), { ...ask, ...other })),
      'conflict',
      JSON.stringify(other),
    );
  assert.equal(await refusalOf(selections.freeze(pm(), ask)), 'conflict');
});

test('FG57 leaders read the rows of their territory, a unit its own, and nobody else anything', async () => {
  const { id } = await selections.freeze(pm(), asking({ is: 'at-most', value: 20 }));
  assert.equal((await book.read(moderator(), id)).units.length, 1);
  assert.deepEqual(
    (await book.read(seat(0), id)).units.map(({ unit }) => unit),
    ['10001'],
  );
  assert.equal(await refusalOf(book.read(seat(1), id)), 'outside-territory');
  assert.equal(await refusalOf(book.unit(pm(), id, '10002')), 'not-found');
  assert.equal(await refusalOf(book.read(pm(), randomUUID())), 'not-found');
});

test('FG57 whether a unit of another territory is in it is told to nobody, since that says what value it has', async () => {
  const { id } = await selections.freeze(moderator(), asking({ is: 'at-most', value: 20 }, { root: '79' }));
  const elsewhere: Account = { ...moderator(), unit: { ...moderator().unit, code: '01', path: 'vn.01' } };
  const told = async (ask: (unit: string) => Promise<unknown>) => [
    await refusalOf(ask('10001')),
    await refusalOf(ask('10002')),
  ];
  const same = ['not-found', 'not-found'];
  assert.deepEqual(await told((unit) => book.unit(seat(2), id, unit)), same);
  assert.deepEqual(await told((unit) => book.unit(elsewhere, id, unit)), same);
  assert.deepEqual(await told((unit) => book.demandReached(elsewhere, id, unit, randomUUID())), same);
});

test('FG57 one account reads so many and no more, and holds up no other', async () => {
  const { id } = await selections.freeze(moderator(), asking({ is: 'at-most', value: 20 }, { root: '79' }));
  const own = new SelectionBook({ store, said, tree: () => world.units.index });
  const reads = Array.from({ length: SELECTIONS_READ.burst + 3 }, () =>
    refusalOf(own.read(moderator(), id)).catch(() => 'read'),
  );
  const told = await Promise.all(reads);
  assert.equal(told.filter((one) => one === 'rate-limited').length, 3);
  await own.read(pm(), id);
});

test('FG57 who does not lead the whole of it is not told how many units it has elsewhere, nor what was taken out there', async () => {
  const { id } = await selections.freeze(pm(), asking({ is: 'at-most', value: 40 }, { except: ['10003'] }));
  const seen = ({ units, except }: { readonly units: number; readonly except: readonly string[] }) => [units, except];
  assert.deepEqual(seen((await book.read(pm(), id)).selection), [2, ['10003']]);
  assert.deepEqual(seen((await book.read(moderator(), id)).selection), [2, ['10003']], 'all is in their territory');
  assert.deepEqual(seen((await book.read(seat(0), id)).selection), [1, []]);
  assert.deepEqual(seen((await book.unit(seat(0), id, '10001')).selection), [1, []]);
});

test('FG58 the unit reads what it is asked about, and since when that was known; of a quotient since the later side', async () => {
  const n = await take({ '10001': '7' }, day(1));
  const { id } = await selections.freeze(pm(), asking({ is: 'at-most', value: 10 }));
  const { unit, since } = await book.unit(seat(0), id, '10001');
  assert.equal(unit.value, 7);
  assert.equal(Date.parse(since ?? ''), await said.timeOf(n));
  const later = await take({ '10001': '70', '10002': '80' }, day(1), 'beds-all');
  const quotient = await selections.freeze(pm(), asking({ is: 'at-most', value: 1 }, { indicator: 'share' }));
  const of = await book.unit(seat(0), quotient.id, '10001');
  assert.equal(of.unit.value, 1);
  assert.equal(Date.parse(of.since ?? ''), await said.timeOf(later));
});

test('FG20 nothing is chosen from the past: not of an earlier period, nor as of an N that is long out of date', async () => {
  const rule = { is: 'at-most', value: 100 } as const;
  const before = asking(rule);
  await take({ '10001': '9' }, day(2));
  await selections.freeze(pm(), before);
  now = Date.now() + 6 * 60_000;
  assert.equal(await refusalOf(selections.freeze(pm(), { ...before, key: randomUUID() })), 'conflict');
  assert.equal(await refusalOf(selections.freeze(pm(), asking(rule))), 'conflict', 'the first of August is over');
  const today = new Date(at(2)).toISOString();
  await selections.freeze(pm(), asking(rule, { period: today }));
  assert.equal(await refusalOf(selections.freeze(pm(), asking(rule, { period: today, n: live.n + 1 }))), 'not-found');
  now = Date.now();
});

test('FG20 an act on its values moves an indicator as a batch does', async () => {
  const period = new Date(at(2)).toISOString();
  const before = asking({ is: 'at-most', value: 100 }, { period });
  const acts = new FigureActService({
    ...{ store: new PgFigureActs(world.postgres), tree: () => world.units.index, committed: () => undefined },
    quotas: new Quotas(),
  });
  const value = { indicator: 'beds-free', unit: '10001', source: ministry.code, revision: 1, period };
  await acts.act(seat(0), { key: randomUUID(), act: 'contest', of: { values: [value] }, reason: 'chưa đúng' });
  await live.reload();
  now = Date.now() + 6 * 60_000;
  assert.equal(await refusalOf(selections.freeze(pm(), before)), 'conflict');
  now = Date.now();
  await selections.freeze(pm(), before);
});

test('FG29 AU4 it is sealed on the chain of its briefing, else on that of the office', async () => {
  const briefing = await world.liveBriefing();
  const rule = { is: 'at-most', value: 100 } as const;
  const today = { period: new Date(at(2)).toISOString() };
  await selections.freeze(pm(), asking(rule, { ...today, briefing }));
  await selections.freeze(pm(), asking(rule, today));
  const chains = await world.postgres.query<{ chain: string }>(
    'SELECT DISTINCT split_part(chain, $1, 1) AS chain FROM figure_selections ORDER BY 1',
    [':'],
  );
  assert.deepEqual(chains, [{ chain: 'briefing' }, { chain: 'office' }]);
  assert.equal(
    await refusalOf(selections.freeze(pm(), asking(rule, { ...today, briefing: randomUUID() }))),
    'not-found',
  );
});

test('FG29 one is made while its briefing is open or live; the key of one that was made answers afterwards, too', async () => {
  const rule = { is: 'at-most', value: 100 } as const;
  const own = { root: '79', period: new Date(at(2)).toISOString() };
  const { id: planned } = await world.briefings.create({
    ...{ title: 'Họp', scheduledAt: new Date().toISOString(), stage: 'vn', scope: ['vn'], expected: 3 },
    createdBy: world.pm.id,
  });
  assert.equal(
    await refusalOf(selections.freeze(moderator(), asking(rule, { ...own, briefing: planned }))),
    'not-live',
  );
  const briefing = await world.liveBriefing();
  const ask = asking(rule, { ...own, briefing });
  const made = await selections.freeze(moderator(), ask);
  await world.briefings.advance({ id: briefing, epoch: 3, act: 'close', account: world.pm.id });
  assert.equal(await refusalOf(selections.freeze(moderator(), asking(rule, { ...own, briefing }))), 'briefing-closed');
  assert.deepEqual(await selections.freeze(moderator(), ask), made);
});
