import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { CompletePeriods } from '../../src/domain/figure/complete/CompletePeriods.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { periodOf } from '../../src/domain/figure/periods.ts';
import { mayStay, tellHook } from '../../src/domain/hook/tell.ts';
import type { FigureRow } from '../../src/protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../src/protocol/figureDefinition.ts';
import { hookBodySchemas } from '../../src/protocol/hook.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgFigureDefinitions } from '../../src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../src/store/postgres/figure/PgFigureIntake.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { PgHookGatherer } from '../../src/store/postgres/hook/PgHookGatherer.ts';
import { PgHooks } from '../../src/store/postgres/hook/PgHooks.ts';
import { DirectiveWorld } from '../support/DirectiveWorld.ts';
import { freeBeds, ministry } from '../support/official/figure.ts';
import { openStores, type TestStores } from '../support/stores.ts';

const HOUR_MS = 3_600_000;
const by = { account: null, name: 'dh figures' };
const hour = periodOf('hour', Date.now()) - HOUR_MS;
let stores: TestStores;
let world: DirectiveWorld;
let source: FigureSource;
let pm: Account;
/** Of the nodes, by which what is due is due. */
let now = Date.now();
let figures = 0;
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
});
after(async () => {
  await world?.close();
  await stores?.close();
});
afterEach(async () => {
  now = Date.now();
  await world.postgres.query('DELETE FROM hooks');
});

/** A figure of its own, of which two provinces report some units: 79 five, 01 five. */
async function define(more: Partial<Indicator> = {}): Promise<Omit<Indicator, 'version'>> {
  const code = `complete-${++figures}`;
  const reporters = [...world.communes('79', 5), ...world.communes('01', 5)];
  const definitions = new PgFigureDefinitions(world.postgres);
  const indicator: Omit<Indicator, 'version'> = {
    ...{ ...freeBeds, code, kind: 'flow', every: 'hour', dueSeconds: 7_200, staleSeconds: 172_800, reporters },
    ...more,
  };
  await definitions.putIndicator(indicator, by);
  source = { ...ministry, code: `s-${indicator.code}`, indicators: [indicator.code] };
  await definitions.putSource(source, by);
  return indicator;
}

async function say(indicator: string, units: readonly string[], period = hour): Promise<void> {
  const rows = units.map(
    (unit, i): FigureRow => ({
      ...{ row: i + 1, indicator, unit, period: new Date(period).toISOString(), value: `${10 + i}` },
    }),
  );
  const ask = { key: randomUUID(), mode: 'whole', dryRun: false, bodyHash: randomUUID(), by: 'Bộ Y tế' } as const;
  await new PgFigureIntake(world.postgres).take({ ...ask, source, rows }, world.units.index);
}

/** One that has just begun knows nothing of what was told before. */
async function node() {
  const live = new LiveFigures({
    ...{ store: new PgFigureReader(world.postgres), units: () => world.units.index.units },
    clock: { now: () => new Date(now) },
  });
  await live.reload();
  const complete = new CompletePeriods(live);
  const pathOf = (unit: string) => world.units.index.find(unit)?.path;
  const gatherer = new PgHookGatherer(world.postgres, pathOf, complete);
  return async () => {
    await live.sweep();
    while (await gatherer.gather(tellHook, mayStay));
  };
}

async function hook(territory = 'vn', maker = pm): Promise<string> {
  const { path } = world.units.get(territory);
  const id = randomUUID();
  const facts = { name: 'Kho dữ liệu', url: 'http://127.0.0.1:9/', territory, events: ['figure.complete' as const] };
  await new PgHooks(world.postgres).make(
    { ...facts, id, path, secret: 'whsec_AA==', madeBy: maker.id },
    () => undefined,
  );
  return id;
}

/** Of the figure of this test. */
async function told(to: string) {
  const rows = await world.postgres.query<{ event: string; body: string }>(
    'SELECT event, body FROM hook_deliveries WHERE hook = $1 ORDER BY at, event',
    [to],
  );
  const all = rows.map(({ event, body }) => ({ event, ...JSON.parse(body) }));
  return all.filter(({ data }) => source.indicators.includes(data.indicator));
}
const dataOf = async (to: string) => (await told(to)).map(({ data }) => data);

test('WH15 a period that four of five units have said is told once, to nodes that look at once and to one that begins anew', async () => {
  const { code, reporters = [] } = await define();
  const all = await hook();
  const [one, two] = [await node(), await node()];
  await say(code, reporters.slice(0, 7));
  await Promise.all([one(), two()]);
  assert.deepEqual(await told(all), [], 'seven of ten are not enough');
  await say(code, reporters.slice(7, 8));
  await Promise.all([one(), two(), one(), two()]);
  await (await node())();
  await say(code, reporters.slice(8));
  await Promise.all([one(), two()]);
  const [first, ...more] = await told(all);
  assert.deepEqual(more, []);
  const period = new Date(hour).toISOString();
  const { event: _, ...body } = first;
  assert.deepEqual(hookBodySchemas['figure.complete'].parse(body), body);
  const { n, ...data } = first.data;
  assert.deepEqual(
    [first.event, first.type, data],
    [
      `figure-complete-${code}-vn-${period}`,
      'figure.complete',
      { indicator: code, period, unit: 'vn', because: 'covered', said: 8, expected: 10, simulated: false },
    ],
  );
  assert.ok(n > 0 && Date.parse(first.timestamp) <= Date.now());
});

test('WH15 what is due is told with what is there, by the moment when it was due; what nobody has said is not', async () => {
  const { code, reporters = [] } = await define();
  const all = await hook();
  const look = await node();
  await say(code, reporters.slice(0, 2));
  await look();
  assert.deepEqual(await told(all), []);
  const due = hour + HOUR_MS + 7_200_000;
  now = due - 1;
  await look();
  assert.deepEqual(await told(all), []);
  now = due;
  await look();
  const [first, ...more] = await told(all);
  assert.deepEqual([first.data.because, first.data.said, first.data.expected, more.length], ['due', 2, 10, 0]);
  assert.equal(first.timestamp, new Date(due).toISOString());
});

test('WH15 each territory hears of its own units, and what stands from before makes nothing complete', async () => {
  const { code, reporters = [] } = await define({ kind: 'stock' });
  const [all, city] = [await hook('vn'), await hook('79')];
  const look = await node();
  await say(code, reporters, hour - HOUR_MS);
  await look();
  await say(code, reporters.slice(0, 4));
  await look();
  const periods = (data: readonly { period: string; unit: string; said: number }[]) =>
    data.map(({ period, unit, said }) => [Date.parse(period) - hour, unit, said]);
  assert.deepEqual(periods(await dataOf(all)), [[-HOUR_MS, 'vn', 10]]);
  assert.deepEqual(periods(await dataOf(city)), [
    [-HOUR_MS, '79', 5],
    [0, '79', 4],
  ]);
});

test('WH15 what was complete before a hook was made is not told, and while it is paused it waits', async () => {
  const { code, reporters = [] } = await define();
  await say(code, reporters, hour - HOUR_MS);
  const all = await hook();
  await new PgHooks(world.postgres).setState(all, 'paused');
  const look = await node();
  await look();
  assert.deepEqual(await told(all), []);
  await say(code, reporters);
  await look();
  assert.deepEqual(
    (await dataOf(all)).map(({ period }) => Date.parse(period)),
    [hour],
  );
});

test('WH15 FG92 a figure for few is not named to a maker who sits too deep, and of what a roll-call asked nothing is told', async () => {
  const { code, reporters = [] } = await define({ seenBy: 1 });
  const provincial = await world.person('principal', '79');
  const [all, city] = [await hook(), await hook('79', provincial)];
  const look = await node();
  await say(code, reporters);
  await look();
  assert.deepEqual([(await told(all)).length, (await told(city)).length], [1, 0]);
  const asked = await define({ code: 'asked-beds' });
  await say(asked.code, asked.reporters ?? []);
  await look();
  assert.deepEqual(await told(all), []);
});

test('WH15 an event that most never report is complete when it is due, not with its first row', async () => {
  const { code, reporters = [] } = await define({ minCoverage: 0 });
  const all = await hook();
  const look = await node();
  await say(code, reporters.slice(0, 1));
  await look();
  assert.deepEqual(await told(all), []);
  now = hour + HOUR_MS + 7_200_000;
  await look();
  assert.deepEqual(
    (await dataOf(all)).map(({ because, said }) => [because, said]),
    [['due', 1]],
  );
});
