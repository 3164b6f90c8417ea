import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttendanceEvent, AttendanceLine, Boot } from './events.ts';
import { clip, type Interval, intervalsOf, lengthOf, mergeIntervals } from './intervals.ts';

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

function shuffled<T>(items: readonly T[], roll: (sides: number) => number): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = roll(i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

const END = 200;
interface History {
  readonly events: readonly AttendanceEvent[];
  readonly boots: ReadonlyMap<string, Boot>;
  /** Whether anything was there in each unit of time. */
  readonly there: readonly boolean[];
}

/**
 * Boots one after the other or side by side, devices that come and go on both lines; some boots are cut, and time is
 * marked as it passes.
 */
function history(seed: number): History {
  const roll = dice(seed);
  const events: AttendanceEvent[] = [];
  const boots = new Map<string, Boot>();
  const there = Array.from({ length: END }, () => false);
  const lines: readonly AttendanceLine[] = ['channel', 'media'];
  for (let b = 0; b < 1 + roll(4); b++) {
    const boot = `boot-${b}`;
    const startedAt = roll(END / 2);
    const aliveAt = startedAt + roll(END - startedAt);
    boots.set(boot, { aliveAt, over: roll(3) > 0 });
    const open = new Map<string, { line: AttendanceLine; identity: string }>();
    let seq = 0;
    for (let at = startedAt; at < aliveAt; at++) {
      for (let n = 0; n < roll(3); n++) {
        const [line = 'media', identity] = [lines[roll(2)], `device-${roll(3)}`];
        const key = `${line} ${identity}`;
        const kind = open.has(key) ? 'out' : 'in';
        if (kind === 'in' && roll(3) > 0) continue;
        if (kind === 'in') open.set(key, { line, identity });
        else open.delete(key);
        events.push({ boot, seq: seq++, identity, line, kind, at });
      }
      if (open.size > 0) there[at] = true;
    }
  }
  return { events, boots, there };
}

test('AT2 AT6 whatever the order of the events, and however often each comes, time counts once', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { events, boots, there } = history(seed);
    const roll = dice(seed * 7919);
    const merged = mergeIntervals(intervalsOf(events, boots), 0);
    assert.equal(lengthOf(merged), there.filter(Boolean).length, `seed ${seed}`);
    for (const [i, { from, to }] of merged.entries()) {
      assert.ok(from <= to);
      assert.ok(from > (merged[i - 1]?.to ?? -1), `seed ${seed}: they overlap`);
    }
    const repeated = shuffled([...events, ...events.filter(() => roll(2) === 0)], roll);
    assert.deepEqual(mergeIntervals(shuffled(intervalsOf(repeated, boots), roll), 0), merged, `seed ${seed}`);
  }
});

test('AT6 lines and devices by themselves never make more than all of them together', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const { events, boots } = history(seed);
    const all = lengthOf(mergeIntervals(intervalsOf(events, boots), 5));
    const parts = (['channel', 'media'] as const).map((line) =>
      lengthOf(mergeIntervals(intervalsOf(events, boots, line), 5)),
    );
    assert.ok(Math.max(...parts) <= all, `seed ${seed}`);
    const later = lengthOf(mergeIntervals(intervalsOf(events, boots), 20));
    assert.ok(later >= all, 'a longer patience takes nothing away');
  }
});

const event = (boot: string, seq: number, kind: 'in' | 'out', at: number, line: AttendanceLine = 'channel') =>
  ({ boot, seq, identity: 'd', line, kind, at }) as const;
const brief = (intervals: readonly Interval[]) =>
  intervals.map(({ from, to, cut, open }) => `${from}-${to}${cut ? ' cut' : ''}${open ? ' open' : ''}`);

test('AT3 what a boot left open ends when it was alive last; a boot that still lives goes on', () => {
  const events = [event('a', 0, 'in', 10), event('b', 0, 'in', 60)];
  const boots = new Map([
    ['a', { aliveAt: 40, over: true }],
    ['b', { aliveAt: 90, over: false }],
  ]);
  assert.deepEqual(brief(intervalsOf(events, boots)), ['10-40 cut', '60-90 open']);
  assert.deepEqual(brief(intervalsOf(events, new Map())), [], 'a boot of which nothing is written yet');
});

test('AT3 an event that is later than the last sign of life of a dead boot adds nothing', () => {
  const boots = new Map([['a', { aliveAt: 40, over: true }]]);
  assert.deepEqual(brief(intervalsOf([event('a', 0, 'in', 50)], boots)), []);
});

test('AT2 a second arrival and a departure of somebody who is not there change nothing', () => {
  const boots = new Map([['a', { aliveAt: 100, over: true }]]);
  const events = [
    event('a', 0, 'out', 5),
    event('a', 1, 'in', 10),
    event('a', 2, 'in', 20),
    event('a', 3, 'out', 30),
    event('a', 4, 'out', 35),
  ];
  assert.deepEqual(brief(intervalsOf(events, boots)), ['10-30']);
});

test('AT6 a gap that is short enough is a reconnect; the later end says how it ended', () => {
  const at = (from: number, to: number, end: 'cut' | 'open' | '' = ''): Interval => {
    return { from, to, cut: end === 'cut', open: end === 'open' };
  };
  const table: [Interval[], number, string[]][] = [
    [[at(0, 10), at(25, 30)], 15, ['0-30']],
    [[at(0, 10), at(26, 30)], 15, ['0-10', '26-30']],
    [[at(0, 10, 'cut'), at(12, 30)], 15, ['0-30']],
    [[at(0, 30), at(5, 10, 'cut')], 0, ['0-30']],
    [[at(0, 10, 'cut'), at(0, 10)], 0, ['0-10']],
    [[at(0, 10, 'cut'), at(2, 10, 'cut')], 0, ['0-10 cut']],
    [[at(0, 10, 'cut'), at(2, 10, 'open')], 0, ['0-10 open']],
    [[at(5, 5), at(5, 5)], 0, ['5-5']],
    [[], 15, []],
  ];
  for (const [intervals, gap, merged] of table) {
    assert.deepEqual(brief(mergeIntervals(intervals, gap)), merged);
    assert.deepEqual(brief(mergeIntervals([...intervals].reverse(), gap)), merged);
  }
});

test('AT7 only what lies between the opening and now counts; what went on is open there', () => {
  const all: Interval[] = [
    { from: 0, to: 10, cut: true, open: false },
    { from: 20, to: 30, cut: true, open: false },
    { from: 40, to: 80, cut: true, open: false },
    { from: 90, to: 95, cut: false, open: false },
  ];
  assert.deepEqual(brief(clip(all, 25, 60)), ['25-30 cut', '40-60 open']);
  assert.deepEqual(brief(clip(all, 85, 80)), []);
});
