import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttendanceVerdict } from '../../protocol/attendance.ts';
import type { AttendanceEvent } from './events.ts';
import {
  type Frame,
  type MeasuredFacts,
  qualityByMinute,
  type RoundAnswer,
  summarise,
  withinFrame,
} from './summarise.ts';

const MINUTE = 60_000;
const T = Date.UTC(2026, 8, 2, 7);
/** Opened at 0, live from 10, now 110: minutes. */
const frame = (more: Partial<Frame> = {}): Frame => ({
  openedAt: T,
  liveAt: T + 10 * MINUTE,
  until: T + 110 * MINUTE,
  closed: false,
  boots: new Map([['a', { aliveAt: T + 110 * MINUTE, over: false }]]),
  rule: { percent: 80, lastRound: true },
  ...more,
});
/** `[line, device, from, to]` in minutes; without an end it goes on. */
type Stay = readonly [line: 'channel' | 'media', identity: string, from: number, to?: number];
function facts(stays: readonly Stay[], answer?: RoundAnswer, weak: [number, number][] = []): MeasuredFacts {
  const events = stays.flatMap(([line, identity, from, to]): Omit<AttendanceEvent, 'seq'>[] => {
    const one = { boot: 'a', identity, line };
    const come = { ...one, kind: 'in', at: T + from * MINUTE } as const;
    return to === undefined ? [come] : [come, { ...one, kind: 'out', at: T + to * MINUTE }];
  });
  return { unit: '1', events: events.map((event, seq) => ({ ...event, seq })), weak: new Map(weak), answer };
}
const minutes = (ms: number | null) => (ms === null ? null : (ms - T) / MINUTE);

test('AT6 AT7 devices and lines count once; time is that of the doors, live time that of the briefing', () => {
  const stays: Stay[] = [
    ['channel', 'laptop', -5, 40],
    ['media', 'laptop', 5, 38],
    ['channel', 'phone', 30, 60],
    ['media', 'phone', 90],
  ];
  const m = summarise(facts(stays), frame(), 15_000);
  assert.deepEqual(
    [minutes(m.firstIn), m.lastOut, m.seconds / 60, m.liveSeconds / 60, m.share, m.devices],
    [0, null, 80, 70, 70, 2],
  );
  const over = summarise(facts(stays), frame({ closed: true }), 15_000);
  assert.equal(minutes(over.lastOut), 110, 'who stayed to the end left at the end');
});

test('AT7 the share is rounded down, and without live time there is none', () => {
  const { share } = summarise(facts([['channel', 'd', 10, 89.999]]), frame(), 0);
  assert.equal(share, 79);
  const before = summarise(facts([['channel', 'd', 1]]), frame({ liveAt: null }), 0);
  assert.deepEqual([before.share, before.liveSeconds, before.verdict], [0, 0, 'partial']);
  const scheduled = summarise(facts([['channel', 'd', 1]]), frame({ openedAt: null, liveAt: null }), 0);
  assert.deepEqual([scheduled.seconds, scheduled.firstIn, scheduled.verdict], [0, null, 'absent']);
});

test('AT6 a unit that is back in time did not leave', () => {
  const stays: Stay[] = [
    ['channel', 'd', 10, 50],
    ['channel', 'd', 50.25, 110],
  ];
  assert.equal(summarise(facts(stays), frame(), 15_000).liveSeconds, 100 * 60);
  assert.equal(summarise(facts(stays), frame(), 14_999).liveSeconds, 100 * 60 - 15);
});

test('AT9 the verdict by share and last round', () => {
  const enough: Stay[] = [['channel', 'd', 30]];
  const little: Stay[] = [['channel', 'd', 30.1]];
  const table: [Stay[], RoundAnswer | undefined, AttendanceVerdict, boolean | null][] = [
    [enough, undefined, 'present', null],
    [enough, 'answered', 'present', true],
    [enough, 'open', 'present', null],
    [enough, 'missed', 'partial', false],
    [enough, 'excused', 'present', null],
    [enough, 'away', 'partial', null],
    [enough, 'unconfirmed', 'present', null],
    [little, 'unconfirmed', 'partial', null],
    [little, undefined, 'partial', null],
    [little, 'answered', 'partial', true],
    [little, 'excused', 'excused', null],
    [[], undefined, 'absent', null],
    [[], 'missed', 'absent', false],
    [[], 'answered', 'absent', true],
    [[], 'excused', 'excused', null],
  ];
  for (const [stays, answer, verdict, answered] of table) {
    const m = summarise(facts(stays, answer), frame(), 0);
    assert.deepEqual([m.verdict, m.answered], [verdict, answered], `${JSON.stringify(stays)} ${answer}`);
  }
  const lenient = frame({ rule: { percent: 80, lastRound: false } });
  assert.equal(summarise(facts(enough, 'missed'), lenient, 0).verdict, 'present');
});

test('AT8 quality is the good part of the media time; without media there is none', () => {
  const stays: Stay[] = [
    ['channel', 'd', 0],
    ['media', 'd', 10, 12],
  ];
  const weak: [number, number][] = [[T + 11 * MINUTE, 30_000]];
  assert.equal(summarise(facts(stays, undefined, weak), frame(), 0).quality, 75);
  assert.equal(summarise(facts([['channel', 'd', 0]]), frame(), 0).quality, null);
  const media = withinFrame([{ from: T + 10.5 * MINUTE, to: T + 12 * MINUTE, cut: false, open: false }], frame(), 0);
  assert.deepEqual(
    qualityByMinute(media, new Map(weak)).map(({ at, percent }) => [minutes(at), percent]),
    [
      [10, 100],
      [11, 50],
    ],
  );
});
