import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import type { FigureCards } from '../FigureCards.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { periodOf } from '../periods.ts';
import { StagedPictures } from './StagedPictures.ts';

const DAY_MS = 86_400_000;
const first = periodOf('day', Date.parse('2026-08-01T12:00+07:00'));
const tree = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));

/** Twenty days on record, of which the tenth is on the stage. */
async function world() {
  const store = new FigureMemory();
  let now = first + 20 * DAY_MS;
  const record = (day: number, value: number) => store.record(first + day * DAY_MS, { 11: value, 12: value });
  for (let day = 0; day < 20; day += 1) record(day, 1);
  let count = 0;
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date(now) } });
  await live.reload();
  store.before = async () => {
    count += 1;
  };
  // No card: its series is read beside, and not looked at here.
  const cards = { card: () => undefined } as unknown as FigureCards;
  const find = (unit: string) => tree.flatMap((each) => (each.code === unit ? [{ ...each, name: unit }] : []))[0];
  const pictures = new StagedPictures({
    ...{ live, cards, tree: () => ({ find }) },
    store: { content: async () => undefined },
  });
  const period = new Date(first + 10 * DAY_MS).toISOString();
  const ask = { indicator: store.indicator.code, root: 'vn', depth: 'provinces', period } as const;
  const value = async () => (await pictures.make(ask)).picture.value;
  const said = async (day: number, amount: number) => {
    record(day, amount);
    await live.sweep();
    count = 0;
  };
  const reads = () => count;
  return { reads, value, said, live, later: (ms: number) => (now += ms) };
}

test('FG66 a period of the past is read for the stage once, however much is said of the newest, and again when it was changed', async () => {
  const { reads, value, said, later } = await world();
  assert.deepEqual(await Promise.all([value(), value()]), [2, 2]);
  assert.equal(reads(), 1, 'for all who look at once');
  await said(19, 5);
  await said(20, 5);
  later(60_000);
  assert.equal(await value(), 2);
  assert.equal(reads(), 0);
  await said(10, 7);
  assert.deepEqual([await value(), reads()], [14, 1]);
  await said(30, 7);
  assert.deepEqual([await value(), reads()], [14, 0]);
});

test('FG66 what changes a period of the past by being carried into it is read anew, and so is all after a definition', async () => {
  const { reads, value, said, live } = await world();
  await value();
  await said(9, 3);
  await value();
  assert.equal(reads(), 1);
  await live.reload();
  const before = reads();
  await value();
  assert.equal(reads(), before + 1);
});
