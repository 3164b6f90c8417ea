import type { z } from 'zod';
import type { AttendanceVerdict, attendanceRuleSchema } from '../../protocol/attendance.ts';
import { percentOf } from '../../protocol/percentOf.ts';
import { type AttendanceEvent, type Boot, MINUTE_MS } from './events.ts';
import { clip, type Interval, intervalsOf, lengthOf, mergeIntervals } from './intervals.ts';

export type AttendanceRule = z.infer<typeof attendanceRuleSchema>;

/**
 * How a unit stands in the last round that asked it. away: it said that it is absent, and the deadline is over (RC25).
 * unconfirmed: its answer waits for an official. open: it may still answer, or answer otherwise.
 */
export type RoundAnswer = 'answered' | 'missed' | 'away' | 'excused' | 'unconfirmed' | 'open';

/** A briefing as far as measuring goes. */
export interface Frame {
  readonly openedAt: number | null;
  readonly liveAt: number | null;
  /** AT7: the moment at which the account stands; the end, when the briefing is over. */
  readonly until: number;
  readonly closed: boolean;
  readonly boots: ReadonlyMap<string, Boot>;
  readonly rule: AttendanceRule;
}

/** What is on record of one unit. */
export interface MeasuredFacts {
  readonly unit: string;
  readonly events: readonly AttendanceEvent[];
  /** Minute -> milliseconds without a good line. */
  readonly weak: ReadonlyMap<number, number>;
  /** undefined: no round asked it. */
  readonly answer: RoundAnswer | undefined;
}

/** What was measured of one unit; times in milliseconds since 1970. */
export interface Measured {
  readonly firstIn: number | null;
  /** null: never there, or still there. */
  readonly lastOut: number | null;
  readonly seconds: number;
  readonly liveSeconds: number;
  readonly share: number;
  readonly quality: number | null;
  readonly devices: number;
  readonly answered: boolean | null;
  readonly verdict: AttendanceVerdict;
}

/** AT6 to AT9. Pure. */
export function summarise(facts: MeasuredFacts, frame: Frame, gapMs: number): Measured {
  const all = withinFrame(intervalsOf(facts.events, frame.boots), frame, gapMs);
  const liveMs = frame.liveAt === null ? 0 : lengthOf(clip(all, frame.liveAt, frame.until));
  const total = liveMsOf(frame);
  const last = all.at(-1);
  const there = last?.open && !frame.closed;
  const media = lengthOf(withinFrame(intervalsOf(facts.events, frame.boots, 'media'), frame, gapMs));
  const enough = total > 0 && liveMs * 100 >= frame.rule.percent * total;
  return {
    firstIn: all[0]?.from ?? null,
    lastOut: there ? null : (last?.to ?? null),
    seconds: Math.floor(lengthOf(all) / 1000),
    liveSeconds: Math.floor(liveMs / 1000),
    share: percentOf(liveMs, total, Math.floor) ?? 0,
    quality: qualityOf(media, sum(facts.weak.values())),
    devices: new Set(facts.events.map((event) => event.identity)).size,
    answered: facts.answer === 'answered' ? true : facts.answer === 'missed' ? false : null,
    verdict: verdictOf(enough, last !== undefined, facts.answer, frame.rule),
  };
}

/** The intervals of one line or of all, merged, between opening and now. */
export const withinFrame = (intervals: readonly Interval[], frame: Frame, gapMs: number): Interval[] =>
  frame.openedAt === null ? [] : clip(mergeIntervals(intervals, gapMs), frame.openedAt, frame.until);

export const liveMsOf = ({ liveAt, until }: Pick<Frame, 'liveAt' | 'until'>): number =>
  liveAt === null ? 0 : Math.max(0, until - liveAt);

/** AT8, by minute: those in which there was media. */
export function qualityByMinute(media: readonly Interval[], weak: ReadonlyMap<number, number>) {
  const inMinute = new Map<number, number>();
  for (const { from, to } of media) {
    for (let minute = from - (from % MINUTE_MS); minute < to; minute += MINUTE_MS) {
      const ms = Math.min(to, minute + MINUTE_MS) - Math.max(from, minute);
      inMinute.set(minute, (inMinute.get(minute) ?? 0) + ms);
    }
  }
  return [...inMinute].map(([at, ms]) => ({ at, percent: qualityOf(ms, weak.get(at) ?? 0) ?? 0 }));
}

const qualityOf = (mediaMs: number, weakMs: number): number | null => percentOf(mediaMs - weakMs, mediaMs) ?? null;

function verdictOf(
  enough: boolean,
  seen: boolean,
  answer: RoundAnswer | undefined,
  rule: AttendanceRule,
): AttendanceVerdict {
  if (enough && !(rule.lastRound && (answer === 'missed' || answer === 'away'))) return 'present';
  if (answer === 'excused') return 'excused';
  return seen ? 'partial' : 'absent';
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
};
