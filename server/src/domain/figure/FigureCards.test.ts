import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import { until } from '../../../test/support/until.ts';
import { FigureCards } from './FigureCards.ts';
import { LiveFigures } from './LiveFigures.ts';
import { PERIODS_SHOWN } from './limits.ts';
import { periodOf } from './periods.ts';
import { periodsComing } from './shown/shownPeriod.ts';

const DAY_MS = 86_400_000;
const first = periodOf('day', Date.parse('2026-08-01T12:00+07:00'));
const tree = ['vn', 'vn.11', 'vn.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));

/** A node with as many days on record. */
async function world(days: number, of: 'indicator' | 'ratio' = 'indicator') {
  const store = new FigureMemory();
  let now = first;
  const record = (day: number, value: number, indicator = store.indicator) => {
    now = Math.max(now, first + (day + 1) * DAY_MS);
    store.record(first + day * DAY_MS, { 11: value, 12: value }, indicator);
  };
  for (let day = 0; day < days; day += 1) {
    record(day, 1);
    record(day, 1, store.other);
  }
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date(now) } });
  await live.reload();
  const cards = new FigureCards(live);
  const series = () => cards.card(store[of].code, 0)?.series ?? [];
  const said = async (day: number, value: number) => {
    record(day, value);
    await live.sweep();
  };
  return { store, live, cards, series, record, said };
}
const full = (values: readonly (number | null)[]) => values.length === PERIODS_SHOWN && !values.includes(null);

test('FG10 the sum of a period that was corrected while it was read is that of the correction', async () => {
  const { store, series, said } = await world(PERIODS_SHOWN);
  let go: (() => void) | undefined;
  store.before = () => new Promise((resolve) => (go = resolve));
  series();
  await until('an earlier period is being read', () => go !== undefined);
  store.before = async () => undefined;
  await said(PERIODS_SHOWN - 2, 5);
  await said(0, 7);
  go?.();
  await until('the periods before are there', () => full(series()));
  const values = series();
  assert.deepEqual([values[0], values.at(-2), values.at(-1)], [14, 10, 2]);
});

test('FG10 sums of periods that are shown no more are forgotten', async () => {
  const { store, cards, series, said } = await world(PERIODS_SHOWN);
  for (let day = PERIODS_SHOWN; day < PERIODS_SHOWN + 5; day += 1) {
    await said(day, 1);
    series();
    await until('the periods before are there', () => full(series()));
    for (let turns = 0; turns < 20; turns += 1) await turn();
  }
  // Also of older periods: another territory may be shown one of them. (FG140)
  assert.equal(cards.kept, PERIODS_SHOWN - 1 + periodsComing(store.indicator));
});

test('FG13 FG39 how a figure stands now is told without reading the periods before', async () => {
  const { store, cards } = await world(PERIODS_SHOWN);
  let read = 0;
  store.before = async () => {
    read += 1;
  };
  const { code } = store.indicator;
  const now = cards.standing(code, 0);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  assert.deepEqual([read, cards.kept, now?.value], [0, 0, 2]);
  const { change, ...card } = cards.card(code, 0) ?? {};
  assert.deepEqual({ ...card, former: null, series: [] }, now);
  assert.deepEqual(change, { now: 2, before: 2, both: 2 });
});

test('FG10 of a ratio the sum of an earlier period is read again, whichever of its sides was corrected', async () => {
  const { store, live, series, record } = await world(PERIODS_SHOWN, 'ratio');
  const shown = () => until('the periods before are there', () => full(series()));
  await shown();
  const [day, newest] = [PERIODS_SHOWN - 3, PERIODS_SHOWN - 1];
  // As much of one look: the numerator of today, and the denominator of before.
  record(newest, 3);
  record(day, 4, store.other);
  await live.sweep();
  await shown();
  assert.deepEqual([series().at(day), series().at(newest)], [25, 300]);
  // The denominator is a day ahead, and is then corrected in what is its newest, and an earlier one of the ratio.
  record(newest, 2);
  record(newest, 8, store.other);
  record(newest + 1, 1);
  await live.sweep();
  await shown();
  record(newest, 1, store.other);
  await live.sweep();
  await shown();
  assert.equal(series().at(-2), 200);
});
