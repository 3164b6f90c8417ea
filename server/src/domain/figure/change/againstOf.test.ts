import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { freeBeds } from '../../../../test/support/official/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureFrame } from '../../../protocol/figureFrame.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { FigureCards } from '../FigureCards.ts';
import { FigureService } from '../FigureService.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { periodOf } from '../periods.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.now());
const paths = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.1.13', 'vn.2', 'vn.2.21', 'vn.2.22', 'vn.2.23'];
const units = paths.map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
const leader = { id: 'leader', role: 'moderator', unit: { path: 'vn' } } as Account;
type Said = Readonly<Record<string, number>>;

/** What was said of days so long ago. */
async function world(days: readonly (readonly [ago: number, said: Said, other?: Said])[], indicator?: Indicator) {
  const store = new FigureMemory();
  if (indicator) store.define({ indicators: [indicator] });
  for (const [ago, said, other] of days) {
    store.record(today - ago * DAY_MS, said, indicator);
    if (other) store.record(today - ago * DAY_MS, other, store.other);
  }
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date() } });
  await live.reload();
  const tree = () => ({ find: (code: string) => units.find((unit) => unit.code === code) });
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree });
  const iso = (ago: number) => new Date(today - ago * DAY_MS).toISOString();
  return async (against: number, { code } = store.indicator, root = 'vn'): Promise<FigureFrame> => {
    const ask = { indicator: code, n: live.n, root, period: iso(0), against: iso(against) };
    return JSON.parse(String(await figures.frame(leader, ask)));
  };
}
const sumsOf = ({ against }: FigureFrame) =>
  Object.fromEntries(against?.upper.map(({ unit, now, before, both }) => [unit, [now, before, both]]) ?? []);

test('FG97 a change is over the units that have said both values, and is none of who has spoken since', async () => {
  const frame = await world([
    [1, { 11: 10, 12: 20, 13: 30, 21: 5, 22: 6 }],
    [0, { 11: 14, 12: 19, 21: 9, 22: 1, 23: 100 }],
  ]);
  const told = await frame(1);
  // 13 stands with the value of the day before, and 23 had none: neither has changed by anything that is known.
  assert.deepEqual(told.values, [14, 19, 30, 9, 1, 100]);
  assert.deepEqual(told.against?.values, [10, 20, null, 5, 6, null]);
  assert.deepEqual(sumsOf(told), { vn: [43, 41, 4], 1: [33, 30, 2], 2: [10, 11, 2] });
  assert.equal(told.against?.period, new Date(today - DAY_MS).toISOString());
});

test('FG97 where less than half of the units have said both, the change above them is not known', async () => {
  const frame = await world([
    [3, { 11: 10, 21: 5, 22: 6 }],
    [0, { 11: 14, 12: 19, 13: 1, 21: 9, 22: 1 }],
  ]);
  const told = await frame(3);
  assert.deepEqual(told.against?.values, [10, null, null, 5, 6, null]);
  assert.deepEqual(sumsOf(told), { vn: [24, 21, 3], 1: [null, null, 1], 2: [10, 11, 2] });
  const nothing = await frame(2);
  assert.deepEqual(sumsOf(nothing), { vn: [null, null, 0], 1: [null, null, 0], 2: [null, null, 0] });
});

test('FG97 of a ratio both sides are summed up over those that have said both, and not their means', async () => {
  const frame = await world([
    [1, { 11: 10, 12: 90, 21: 1 }, { 11: 100, 12: 100, 21: 10 }],
    [0, { 11: 30, 12: 90, 13: 7 }, { 11: 100, 12: 300, 13: 10 }],
  ]);
  const told = await frame(1, { code: 'share' } as FigureMemory['ratio']);
  assert.deepEqual(sumsOf(told)['1'], [30, 50, 2]);
  assert.deepEqual(told.against?.values.slice(0, 3), [10, 90, null]);
});

test('FG97 FG126 the change of what was announced is that of what its owner has said, and of no unit below', async () => {
  const announced: Indicator = { ...freeBeds, code: 'announced', up: 'none', version: 1 };
  const frame = await world(
    [
      [1, { vn: 100, 1: 60, 11: 10 }],
      [0, { vn: 104, 2: 9, 11: 14 }],
    ],
    announced,
  );
  const { against } = await frame(1, announced);
  assert.deepEqual(against?.upper, [
    { unit: 'vn', now: 104, before: 100, both: 0 },
    { unit: '1', now: null, before: null, both: 0 },
    { unit: '2', now: null, before: null, both: 0 },
  ]);
  assert.equal(against?.values[0], 10);
});

test('FG97 a frame is compared with another period, and one of a territory ends at its border', async () => {
  const frame = await world([
    [1, { 11: 10, 21: 5 }],
    [0, { 11: 14, 21: 9 }],
  ]);
  await assert.rejects(frame(0), { reason: 'bad-request' });
  const told = await frame(1, undefined, '2');
  assert.deepEqual(sumsOf(told), { 2: [null, null, 1] });
  assert.deepEqual(told.against?.values, [5, null, null]);
});
