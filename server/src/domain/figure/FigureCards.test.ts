import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import { until } from '../../../test/support/until.ts';
import { FigureCards } from './FigureCards.ts';
import { LiveFigures } from './LiveFigures.ts';
import { PERIODS_SHOWN } from './limits.ts';
import { periodOf } from './periods.ts';

const DAY_MS = 86_400_000;
const first = periodOf('day', Date.parse('2026-08-01T12:00+07:00'));
const tree = ['vn', 'vn.11', 'vn.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));

/** A node with as many days on record. */
async function world(days: number) {
  const store = new FigureMemory();
  let now = first;
  const record = (day: number, value: number) => {
    now = Math.max(now, first + (day + 1) * DAY_MS);
    return store.record(first + day * DAY_MS, { 11: value, 12: value });
  };
  for (let day = 0; day < days; day += 1) record(day, 1);
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date(now) } });
  await live.reload();
  const cards = new FigureCards(live);
  const series = () => cards.card(store.indicator.code, 0)?.series ?? [];
  const said = async (day: number, value: number) => {
    record(day, value);
    await live.sweep();
  };
  return { store, cards, series, said };
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
  const { cards, series, said } = await world(PERIODS_SHOWN);
  for (let day = PERIODS_SHOWN; day < PERIODS_SHOWN + 5; day += 1) {
    await said(day, 1);
    series();
    await until('the periods before are there', () => full(series()));
    for (let turns = 0; turns < 20; turns += 1) await turn();
  }
  assert.equal(cards.kept, PERIODS_SHOWN - 1);
});
