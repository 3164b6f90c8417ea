import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { FrameMemory } from '../../../../test/support/FrameMemory.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { KEPT } from '../limits.ts';
import { periodAfter, periodOf } from '../periods.ts';
import { FrameMaker } from './FrameMaker.ts';

const units = ['vn', 'vn.1', 'vn.1.11', 'vn.1.12'].map((path) => ({ code: path.split('.').at(-1) ?? '', path }));
const today = periodOf('day', Date.parse('2026-11-26T03:00:00Z'));
const yesterday = periodAfter('day', today, -1);

async function world(leastRows = 1) {
  const store = new FigureMemory();
  let now = today + KEPT.everyMs;
  const frames = new FrameMemory(store, () => now);
  const node = async () => {
    const live = new LiveFigures({ store, frames, units: () => units, clock: { now: () => new Date(now) } });
    const maker = new FrameMaker({ live, store, frames, leastRows });
    await live.reload();
    return { live, maker };
  };
  const later = (ms: number) => {
    now += ms;
  };
  return { store, frames, node, later };
}

test('FG51 a period has a frame after something was said of it, and the next one an hour later, if something was said meanwhile', async () => {
  const { store, frames, node, later } = await world();
  const { live, maker } = await node();
  const say = async (period: number, value: number) => {
    store.record(period, { 11: value });
    await live.sweep();
  };
  await say(today, 1);
  assert.equal(await maker.sweep(), 1);
  assert.equal(await maker.sweep(), 0, 'nothing was said since');
  await say(today, 2);
  await say(yesterday, 5);
  assert.equal(await maker.sweep(), 1, 'that of yesterday has none');
  later(KEPT.everyMs - 1);
  assert.equal(await maker.sweep(), 0);
  later(1);
  assert.equal(await maker.sweep(), 1);
  assert.deepEqual(
    frames.kept.map(({ period, n, words }) => [period, n, words.values]),
    [
      [today, 1, [1]],
      [yesterday, 3, [5]],
      [today, 2, [2]],
    ],
  );
  later(2 * KEPT.everyMs);
  assert.equal(await maker.sweep(), 0);
});

test('FG51 of two nodes one makes a frame, and while another is at it nothing is made and nothing forgotten', async () => {
  const { store, frames, node } = await world();
  const [one, two] = [await node(), await node()];
  store.record(today, { 11: 1, 12: 2 });
  for (const { live } of [one, two]) await live.sweep();
  frames.isElsewhere = true;
  assert.equal(await one.maker.sweep(), 0);
  frames.isElsewhere = false;
  assert.deepEqual([await one.maker.sweep(), await two.maker.sweep(), frames.kept.length], [1, 0, 1]);
});

test('FG51 what fails is tried again, and a period of few rows has none', async () => {
  const { store, frames, node } = await world(2);
  const { live, maker } = await node();
  store.record(today, { 11: 1, 12: 2 });
  store.record(yesterday, { 11: 1 });
  await live.sweep();
  store.before = () => Promise.reject(new Error('the store is away'));
  await assert.rejects(maker.sweep(), /away/);
  store.before = async () => undefined;
  assert.equal(await maker.sweep(), 1);
  assert.deepEqual(
    frames.kept.map(({ period }) => period),
    [today],
  );
});

test('FG51 a start that had to read many rows wants frames of them, and the next start reads none', async () => {
  const { store, frames, node } = await world();
  const units = Array.from({ length: KEPT.leastRows }, (_, i) => `u${i}`);
  store.record(today, Object.fromEntries(units.map((unit, i) => [unit, i])));
  let rows = 0;
  const observations = store.observations.bind(store);
  store.observations = async (...ask) => {
    const found = await observations(...ask);
    rows += found.length;
    return found;
  };
  const { maker } = await node();
  assert.equal(rows, KEPT.leastRows);
  assert.deepEqual([await maker.sweep(), frames.kept.length], [1, 1]);
  rows = 0;
  const { live } = await node();
  assert.deepEqual([rows, live.n], [0, 1]);
});
