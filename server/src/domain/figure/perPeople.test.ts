import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { frameReadSchema } from '../../protocol/figureReading.ts';
import { toCsv } from '../report/csv.ts';
import { nextIndicator } from './definitions.ts';
import { FigureCards } from './FigureCards.ts';
import { LiveFigures } from './LiveFigures.ts';
import { periodOf } from './periods.ts';
import { FigureReading } from './reading/FigureReading.ts';
import { readingTable } from './reading/readingTable.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.now());
const once = periodOf('once', today);
const paths = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.2', 'vn.2.21', 'vn.2.22'];
const units = paths.map((path) => ({ code: path.split('.').at(-1) ?? '', path, name: path }));
const { indicator: beds } = new FigureMemory();
const cases: Indicator = { ...beds, code: 'cases', kind: 'flow', unit: { vi: 'ca', en: 'cases' } };
const people: Indicator = { ...beds, code: 'people', every: 'once', unit: { vi: 'dân', en: 'people' } };
const rate: Indicator = {
  ...{ ...cases, code: 'rate', up: 'ratio', scale: 1, numerator: 'cases', denominator: 'people', per: 100_000 },
  unit: { vi: 'ca trên 100.000 dân', en: 'cases per 100,000 people' },
};
type Said = Readonly<Record<string, number>>;

async function world(said: readonly Said[], population: Said) {
  const store = new FigureMemory();
  store.define({ indicators: [cases, people, rate] });
  store.record(once, population, people);
  for (const [i, values] of said.entries()) store.record(today - (said.length - 1 - i) * DAY_MS, values, cases);
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date(today + DAY_MS / 2) } });
  await live.reload();
  return { live, store, card: (place: number) => new FigureCards(live).card('rate', place) };
}

test('FG175 a rate is the sum of what is counted over the sum of people, and no mean of rates', async () => {
  const { card } = await world([{ 11: 1, 12: 9, 21: 2, 22: 3 }], { 11: 1_000, 12: 99_000, 21: 150_000, 22: 150_000 });
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((place) => card(place)?.value),
    [38, 100, 1_000, 91, 17],
    'in steps of a tenth: 3.8 of the country, where a mean of its two provinces would be 5.9',
  );
});

test('FG172 FG175 without people, or with none that are known, a unit has no value, and its sum says so', async () => {
  const { card, live, store } = await world([{ 11: 1, 12: 9, 21: 2, 22: 3 }], { 11: 100_000, 12: 0, 21: 50_000 });
  const whole = card(0);
  assert.equal(whole?.value, 20, '3 cases of 150,000 people');
  assert.deepEqual([whole?.unweighed, whole?.coverage.none, whole?.share], [1, 2, 10_000]);
  assert.deepEqual([card(3)?.value, card(6)?.value, card(6)?.unweighed], [null, null, 1]);
  const tree = () => ({ find: (code: string) => units.find((unit) => unit.code === code) });
  const figures = { demandFrame: () => rate };
  const past = { lastAt: async () => undefined };
  const reading = new FigureReading({ live, store, past, figures, tree });
  const key = { code: 'gso', name: 'GSO', root: 'vn', indicators: ['rate'], until: new Date().toISOString() };
  const frame = await reading.frame(key, 'rate', frameReadSchema.parse({}));
  const told = frame.rows.map(({ unit, value, unweighed }) => [unit, value, unweighed]);
  assert.deepEqual(told.slice(0, 2), [
    ['vn', '2.0', 1],
    ['1', '1.0', undefined],
  ]);
  const csv = `${await buffer(toCsv(readingTable(frame)))}`.split('\r\n');
  assert.ok(csv[0]?.endsWith(',simulated,unweighed'));
  assert.ok(csv[1]?.includes('ca trên 100.000 dân') && csv[1].endsWith(',1'), csv[1]);
});

test('FG175 people who are counted once make no rate older, and its change is known', async () => {
  const { card } = await world(
    [
      { 11: 1, 12: 9, 21: 2, 22: 3 },
      { 11: 2, 12: 9, 21: 2, 22: 3 },
    ],
    {
      ...{ 11: 100_000, 12: 100_000, 21: 100_000, 22: 100_000 },
    },
  );
  assert.equal(card(0)?.oldest, new Date(today + DAY_MS).toISOString());
  assert.deepEqual(card(0)?.change, { now: 40, before: 38, both: 4 });
});

test('FG174 what is per so many says it in its unit, is a ratio, and stays per so many for ever', () => {
  const indicators = new Map([cases, people].map((each) => [each.code, each]));
  const next = (more: Partial<Indicator>) => {
    const { version: _, ...wanted } = { ...rate, ...more };
    return nextIndicator(wanted, { indicators });
  };
  const share = { per: 100, unit: { vi: '%', en: '%' } } as const;
  assert.equal(next({})?.per, 100_000);
  assert.equal(next(share)?.per, 100);
  assert.ok(next({ per: 1_000, unit: { vi: 'ca trên 1.000 dân', en: 'cases per 1,000 people' } }));
  for (const more of [
    { unit: cases.unit },
    { unit: { ...rate.unit, en: 'cases per 100,000' } },
    { unit: { vi: 'ca trên 100.000 giường', en: 'cases per 100,000 beds' } },
    { ...share, unit: rate.unit },
    { ...share, up: 'sum' as const },
  ])
    assert.throws(() => next(more), { reason: 'bad-request' }, JSON.stringify(more));
  indicators.set('rate', rate);
  assert.throws(() => next(share), { reason: 'conflict' });
  assert.throws(() => next({ per: 1_000, unit: { vi: 'ca trên 1.000 dân', en: 'cases per 1,000 people' } }), {
    reason: 'conflict',
  });
});
