import { percentOf } from '../../protocol/percentOf.ts';
import { clip, type Interval, lengthOf } from '../attendance/intervals.ts';
import type { UnitSpells } from '../attendance/ports.ts';
import type { SessionOnRecord } from './heldSessions.ts';

/** How a unit took part in a session, one time that it was held. */
export interface PresenceLine {
  /** From 1. */
  readonly nr: number;
  readonly time: SessionOnRecord['times'][number];
  readonly unit: string;
  readonly path: string;
  readonly name: string;
  readonly came: boolean;
  readonly firstIn: string | null;
  /** null: never there, or until its end. */
  readonly lastOut: string | null;
  readonly seconds: number;
  /** Of the length of the session, 0 to 100; null of one that had none. */
  readonly share: number | null;
  /** In which it was there and was shown the stage of the session. */
  readonly shownSeconds: number;
}

/** When a unit was shown the stage, in ms. */
type Shown = readonly { readonly from: number; readonly to: number }[];

/** TR18, AT6: of each time that it was held. @param until how far attendance is known, ms Pure. */
export function presenceIn({ times }: SessionOnRecord, unit: UnitSpells, shown: Shown, until: number): PresenceLine[] {
  return times.map((time, i) => {
    const [from, to] = [Date.parse(time.from), time.to === null ? until : Date.parse(time.to)];
    const there = clip(unit.spells, from, to).filter((spell) => spell.to > spell.from);
    const last = there.at(-1);
    const ms = lengthOf(there);
    const { spells: _, ...of } = unit;
    return {
      ...{ ...of, nr: i + 1, time, came: there.length > 0 },
      firstIn: there[0] ? iso(there[0].from) : null,
      lastOut: last && !last.open ? iso(last.to) : null,
      seconds: Math.floor(ms / 1000),
      share: percentOf(ms, to - from, Math.floor) ?? null,
      shownSeconds: Math.floor(shown.reduce((sum, span) => sum + overlapMs(there, span), 0) / 1000),
    };
  });
}

const overlapMs = (there: readonly Interval[], { from, to }: Shown[number]): number => lengthOf(clip(there, from, to));

const iso = (ms: number): string => new Date(ms).toISOString();
