import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import { ministry } from '../../../test/support/official/figure.ts';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { Actor } from '../shared/actor.ts';
import { periodsKept } from './carriedOver.ts';
import { FigureCards } from './FigureCards.ts';
import { FigureService } from './FigureService.ts';
import { LiveFigures } from './LiveFigures.ts';
import { periodAfter, periodOf } from './periods.ts';

const unit = (path: string) => ({ code: path.split('.').at(-1) ?? '', path, name: path });
const before = ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21'].map(unit);
/** 11 has gone over to 2. */
const after = ['vn', 'vn.1', 'vn.2', 'vn.2.11', 'vn.2.21'].map(unit);
const leader = (path: string): Actor => ({ id: path, role: 'moderator', unit: { path } });

/** A node whose tree has changed, and that could not read figures anew. */
async function failed() {
  const store = new FigureMemory();
  let tree = before;
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date() } });
  await live.reload();
  const find = (code: string) => tree.find((each) => each.code === code);
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => ({ find }) });
  tree = after;
  store.before = () => Promise.reject(new Error('the store is away'));
  await assert.rejects(live.reload(), /away/);
  store.before = async () => undefined;
  return { live, figures };
}

test('FG23 where figures could not be read anew, who sees what is decided by the tree of today all the same', async () => {
  const { figures } = await failed();
  const watch = (path: string) => figures.watch(leader(path) as never, [], '11');
  assert.throws(() => watch('vn.1'), { reason: 'outside-territory' });
  assert.deepEqual(watch('vn.2').cards, []);
  const seen = (path: string) => figures.stillSeen(leader(path), { root: '11', indicators: ['beds-free'] });
  assert.deepEqual([seen('vn.1'), seen('vn.2')], [[], ['beds-free']]);
});

test('FG19 what could not be read anew is read at the next look, though nothing was recorded meanwhile', async () => {
  const { live } = await failed();
  assert.equal(live.layout.units[live.layout.placeOf('11') ?? -1]?.path, 'vn.1.11');
  let reloaded = 0;
  live.on('reloaded', () => (reloaded += 1));
  await live.sweep();
  assert.equal(live.layout.units[live.layout.placeOf('11') ?? -1]?.path, 'vn.2.11');
  await live.sweep();
  assert.equal(reloaded, 1);
});

test('FG19 definitions that have only become more are taken over, and nothing is read again; another rank reads all', async () => {
  const store = new FigureMemory();
  const day = periodOf('day', Date.parse('2026-11-26T02:00:00Z'));
  store.record(day, { '11': 5 });
  const live = new LiveFigures({ store, units: () => before, clock: { now: () => new Date(day) } });
  await live.reload();
  let reloaded = 0;
  live.on('reloaded', () => (reloaded += 1));
  const added = { ...store.indicator, code: 'asked-0' };
  const asked = { ...ministry, code: 'asked-vn', rank: 100, indicators: ['asked-0', store.indicator.code] };
  store.define({ indicators: [added], sources: [asked] });
  store.record(day, { '11': 7 }, added, asked);
  store.record(day, { '11': 6, '21': 8 }, store.indicator, asked);
  store.read.length = 0;
  await live.sweep();
  const value = (indicator: Indicator, unit: string) =>
    live.cellsNow(indicator, day).part(live.layout.placeOf(unit) ?? -1).value;
  assert.deepEqual([value(added, '11'), value(store.indicator, '11'), value(store.indicator, '21')], [7, 5, 8]);
  assert.deepEqual([store.read.toSorted(), reloaded, live.n], [['asked-0', store.indicator.code], 0, 4]);
  store.define({ sources: [{ ...asked, rank: 0 }] });
  await live.sweep();
  assert.deepEqual([value(store.indicator, '11'), reloaded], [6, 1]);
  store.define({ indicators: [{ ...added, version: 2, staleSeconds: 999_999 }] });
  await live.sweep();
  assert.deepEqual([live.definitions.indicators.get('asked-0')?.version, reloaded], [2, 2]);
});

test('FG153 a period is never shown as empty because units that had the newest ones were closed', async () => {
  const store = new FigureMemory();
  const { indicator } = store;
  const newest = periodOf('day', Date.parse('2026-11-26T02:00:00Z'));
  const back = (days: number) => periodAfter(indicator.every, newest, -days);
  const kept = periodsKept(indicator);
  for (let days = 3 * kept; days >= kept - 1; days -= 1) store.record(back(days), { '21': days });
  store.record(newest, { '11': 1 });
  const units = before.filter(({ code }) => code !== '11');
  const live = new LiveFigures({ store, units: () => units, clock: { now: () => new Date(newest) } });
  await live.reload();
  for (let days = kept - 1; days <= 2 * kept; days += 1) {
    const cells = await live.cellsAt(indicator, back(days), live.n, newest);
    assert.equal(cells.part(live.layout.placeOf('21') ?? -1).value, days, `${days} days back`);
  }
});
