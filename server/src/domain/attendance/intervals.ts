import type { AttendanceEvent, AttendanceLine, Boot } from './events.ts';

export interface Interval {
  readonly from: number;
  readonly to: number;
  /** AT3: ended with its boot. */
  readonly cut: boolean;
  /** Goes on, as far as is known. */
  readonly open: boolean;
}

/**
 * AT2, AT3: the intervals of each device as each boot saw it. Events may come in any order and more than once.
 * @param line only this one; else both
 */
export function intervalsOf(
  events: readonly AttendanceEvent[],
  boots: ReadonlyMap<string, Boot>,
  line?: AttendanceLine,
): Interval[] {
  const intervals: Interval[] = [];
  const since = new Map<string, number>();
  const bootOf = new Map<string, string>();
  for (const event of inOrder(events)) {
    if (line !== undefined && event.line !== line) continue;
    const key = `${event.boot} ${event.line} ${event.identity}`;
    const from = since.get(key);
    if (event.kind === 'in') {
      if (from === undefined) since.set(key, event.at);
      bootOf.set(key, event.boot);
    } else if (from !== undefined) {
      since.delete(key);
      intervals.push({ from, to: event.at, cut: false, open: false });
    }
  }
  for (const [key, from] of since) {
    const boot = boots.get(bootOf.get(key) ?? '');
    if (boot) intervals.push({ from, to: boot.aliveAt, cut: boot.over, open: !boot.over });
  }
  return intervals.filter(({ from, to }) => to >= from);
}

/** AT6: the union, in order of time; a gap of at most `gapMs` is closed. */
export function mergeIntervals(intervals: readonly Interval[], gapMs: number): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1);
    if (!last || next.from > last.to + gapMs) merged.push(next);
    else merged[merged.length - 1] = { from: last.from, ...endOf(last, next) };
  }
  return merged;
}

/** What of it lies between two moments; something that went on past the second is open there. */
export function clip(intervals: readonly Interval[], from: number, to: number): Interval[] {
  return intervals.flatMap((interval) => {
    if (interval.from > to || interval.to < from || from > to) return [];
    const beyond = interval.to > to;
    return {
      from: Math.max(from, interval.from),
      to: Math.min(to, interval.to),
      cut: interval.cut && !beyond,
      open: interval.open || beyond,
    };
  });
}

export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { from, to }) => sum + to - from, 0);

/** The later end; of two at the same time the one that knows more: it goes on, or it was left in order. */
function endOf(a: Interval, b: Interval): Omit<Interval, 'from'> {
  const { to, cut, open } =
    a.to === b.to ? { to: a.to, cut: a.cut && b.cut, open: a.open || b.open } : a.to > b.to ? a : b;
  return { to, cut: cut && !open, open };
}

function inOrder(events: readonly AttendanceEvent[]): AttendanceEvent[] {
  const sorted = [...events].sort((a, b) => (a.boot < b.boot ? -1 : a.boot > b.boot ? 1 : a.seq - b.seq));
  return sorted.filter((event, i) => {
    const before = sorted[i - 1];
    return before?.boot !== event.boot || before.seq !== event.seq;
  });
}
