import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { freeBeds } from '../../../../test/support/official/figure.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { periodOf } from '../periods.ts';
import { FigurePasts } from './FigurePasts.ts';

const DAY_MS = 86_400_000;
const today = periodOf('day', Date.now());
const units = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
const leader = { id: 'leader', role: 'moderator', unit: { path: 'vn', code: 'vn' } } as Account;
/** It stands for two days. */
const announced: Indicator = { ...freeBeds, code: 'announced', up: 'none', version: 1 };

type Said = readonly (readonly [ago: number, values: Readonly<Record<string, number>>])[];

/**
 * @param known what was said by then, of days so long ago. @param since what was said afterwards
 * @returns what is another now, of yesterday: of today nobody has said anything
 */
async function revised(known: Said, since: Said) {
  const store = new FigureMemory();
  store.define({ indicators: [announced] });
  const said = ([ago, values]: Said[number]) => store.record(today - ago * DAY_MS, values, announced);
  const [n = 0] = known.map(said).reverse();
  since.forEach(said);
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date() } });
  await live.reload();
  const past = { lastAt: async () => undefined, stops: async () => [], lastSaid: async () => [] };
  const tree = () => ({ find: (code: string) => units.find((unit) => unit.code === code) });
  const pasts = new FigurePasts({ live, store, past, tree });
  const told = await pasts.revised(leader, { indicator: 'announced', root: 'vn' }, iso(today - DAY_MS), n);
  return { whole: told.whole, revised: told.revised.map(({ unit, before, now }) => [unit, before, now]) };
}
const iso = (moment: number) => new Date(moment).toISOString();

test('FG82 FG126 an announcement that is revised when it stands no more is no value of today, and is no revision of one', async () => {
  const told = await revised(
    [
      [4, { vn: 100, 1: 40, 11: 7 }],
      [1, { 12: 1 }],
    ],
    [[4, { vn: 104, 1: 41, 11: 8 }]],
  );
  assert.deepEqual(told.whole, { before: null, now: null });
  assert.deepEqual(told.revised, [['11', 7, 8]], 'of a unit that reports, what it said stands there as too old');
});

test('FG82 FG126 what was announced after one that stands no more has come, and a later word on what stands is a revision', async () => {
  const told = await revised(
    [
      [4, { vn: 100 }],
      [1, { 12: 1 }],
    ],
    [
      [2, { 1: 40 }],
      [1, { vn: 104 }],
      [2, { 1: 42 }],
    ],
  );
  assert.deepEqual(told.whole, { before: null, now: 104 });
  assert.deepEqual(told.revised.toSorted(), [
    ['1', null, 42],
    ['vn', null, 104],
  ]);
  const later = await revised(
    [
      [2, { vn: 100, 1: 40 }],
      [1, { 12: 1 }],
    ],
    [[2, { 1: 42 }]],
  );
  assert.deepEqual(later.revised, [['1', 40, 42]]);
});
