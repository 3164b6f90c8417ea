import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { FrameMemory } from '../../../../test/support/FrameMemory.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { KEPT } from '../limits.ts';
import { periodAfter, periodOf } from '../periods.ts';
import { cutsOf, FrameMaker } from './FrameMaker.ts';

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
  // Three units, of which one is less than half.
  const say = async (period: number, value: number, others: Readonly<Record<string, number>> = {}) => {
    store.record(period, { 11: value, ...others });
    await live.sweep();
  };
  await say(today, 1, { 12: 8, 13: 9 });
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
      [today, 1, [1, 8, 9]],
      [yesterday, 3, [5]],
      [today, 2, [2, 8, 9]],
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

test('FG211 a period that is sent again within the hour has a frame after each time, and what was sent before is cut likewise', async () => {
  const { store, frames, node } = await world();
  const { live, maker } = await node();
  const codes = Array.from({ length: 10 }, (_, i) => `u${i}`);
  const send = (value: number, some = codes) =>
    store.record(today, Object.fromEntries(some.map((code) => [code, value])));
  for (let again = 0; again < 3; again += 1) {
    send(again);
    await live.sweep();
    assert.equal(await maker.sweep(), 1);
  }
  send(7, codes.slice(0, 4));
  await live.sweep();
  assert.equal(await maker.sweep(), 0, 'less than half of its units are read as soon as rows');
  for (let again = 10; again < 15; again += 1) send(again);
  await live.sweep();
  assert.equal(await maker.sweep(), 5, 'one after each, though none was there meanwhile');
  assert.deepEqual(
    frames.kept.map(({ n }) => n),
    [1, 2, 3, 5, 6, 7, 8, 9],
  );
  for (const { n, words } of frames.kept)
    assert.deepEqual(words.values.slice(0, 2), n < 4 ? [n - 1, n - 1] : [n + 5, n + 5]);
});

test('FG211 frames between are wanted after so many rows without one; a period of very many rows has hourly ones alone', () => {
  const rows = (...counts: readonly number[]) => counts.map((count, i) => ({ n: i + 1, rows: count, isFramed: false }));
  assert.deepEqual(cutsOf(rows(6, 3, 3, 5, 1), 6), [1, 3, 5]);
  assert.deepEqual(cutsOf(rows(2, 2), 6), []);
  const framed = rows(6, 3, 3).map((each) => ({ ...each, isFramed: each.n === 2 }));
  assert.deepEqual(cutsOf(framed, 6), [1]);
  assert.deepEqual(cutsOf(rows(KEPT.againRows, 1), 6), []);
  assert.equal(cutsOf(rows(...Array.from({ length: 100 }, () => 6)), 6).length, KEPT.cuts);
});
