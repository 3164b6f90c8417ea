import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../test/support/FigureMemory.ts';
import { CATCH_UP_EVERY_MS } from '../shared/CatchUp.ts';
import { Crossings } from './Crossings.ts';
import { LiveFigures } from './LiveFigures.ts';
import { periodOf } from './periods.ts';

const words = { vi: 'chữ', en: 'words' };
const cuts = { at: [10, 20], words: [words, words, words], worse: 'down' } as const;
const DAY_MS = 86_400_000;
const today = periodOf('day', Date.parse('2026-11-26T10:00:00Z'));

async function world(kind: 'stock' | 'flow' = 'stock') {
  const store = new FigureMemory();
  store.define({
    indicators: [{ ...store.indicator, kind, cuts: { ...cuts, at: [...cuts.at], words: [...cuts.words] } }],
  });
  const tree = ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21'];
  const units = () => tree.map((path) => ({ code: path.split('.').at(-1) ?? '', path, name: path }));
  const live = new LiveFigures({ store, units, clock: { now: () => new Date(today + DAY_MS - CATCH_UP_EVERY_MS) } });
  const crossings = new Crossings(live);
  await live.reload();
  const record = async (values: Record<string, number>, period = today) => {
    const n = store.record(period, values);
    await live.sweep();
    return n;
  };
  const said = (root: string, after = 0) =>
    crossings.since(after, { indicators: [store.indicator.code], root }).map(({ unit, from, to, value }) => {
      return `${unit}: ${from} to ${to} by ${value}`;
    });
  return { live, store, crossings, record, said };
}

test('FG96 a unit whose value comes into another class is told, once, the newest first, and in its territory alone', async () => {
  const { store, crossings, record, said } = await world();
  await record({ 11: 5, 21: 30 });
  crossings.follow(store.indicator.code);
  await record({ 11: 9, 21: 25 });
  assert.deepEqual(said('vn'), [], 'within its class');
  const n = await record({ 11: 10 });
  await record({ 21: 4, 11: 11 });
  assert.deepEqual(said('vn'), ['21: 2 to 0 by 4', '11: 0 to 1 by 10']);
  assert.deepEqual(said('vn', n), ['21: 2 to 0 by 4']);
  assert.deepEqual(said('1'), ['11: 0 to 1 by 10']);
  assert.deepEqual(said('nowhere'), []);
});

test('FG96 nothing is compared with what was not there, and of a flow nothing with the period before', async () => {
  for (const [kind, expected] of [
    ['stock', ['11: 2 to 0 by 3']],
    ['flow', []],
  ] as const) {
    const { live, store, crossings, record, said } = await world(kind);
    crossings.follow(store.indicator.code);
    await record({ 11: 30 }, today - DAY_MS);
    assert.deepEqual(said('vn'), [], 'it had none');
    await record({ 11: 3 });
    assert.deepEqual(said('vn'), expected, kind);
    await live.reload();
    await record({ 11: 15 });
    assert.deepEqual(said('vn'), ['11: 0 to 1 by 15', ...expected], 'also after everything was read anew');
  }
});

test('FG96 what has no classes, and what nobody watches, is not looked at', async () => {
  const { store, crossings, record, said } = await world();
  crossings.follow(store.other.code);
  await record({ 11: 5 });
  await record({ 11: 50 });
  assert.deepEqual(said('vn'), []);
});
