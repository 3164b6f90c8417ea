import type { Indicator } from '../../protocol/figureDefinition.ts';
import type { DoubtReason } from '../../protocol/figureDoubt.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import { GONE, SUSPICIOUS, USUAL } from './limits.ts';

/** FG14: what a unit has in other periods. */
export interface UsualValue {
  readonly median: number;
  /** The median of how far values are from it. */
  readonly spread: number;
}

/** With what a value is compared; undefined: nothing is known of it. All in steps. */
export interface Compared {
  /** The value of the nearest period before that counts. */
  readonly former?: number | undefined;
  readonly usual?: UsualValue | undefined;
  /** Of the same unit and period: that of which it is a part, and the largest of its parts. */
  readonly whole?: number | undefined;
  readonly part?: number | undefined;
}

export interface FigureDoubt {
  readonly reason: DoubtReason;
  /** What it was compared with; null: with nothing of its unit. */
  readonly beside: number | null;
}

/** FG14: why a value is recorded and does not count; undefined: it counts. The first reason is told. */
export function doubtOf(
  { kind, bounds, checks }: Pick<Indicator, 'kind' | 'bounds' | 'checks'>,
  value: number,
  { former, usual, whole, part }: Compared,
): FigureDoubt | undefined {
  if (bounds?.soft && (value < bounds.soft[0] || value > bounds.soft[1])) return { reason: 'band', beside: null };
  if (kind === 'cumulative' && former !== undefined && value < former) return { reason: 'falls', beside: former };
  if (whole !== undefined && value > whole) return { reason: 'over-whole', beside: whole };
  if (part !== undefined && value < part) return { reason: 'under-part', beside: part };
  if (checks?.jump && former !== undefined && isJump(value, former, checks.jump))
    return { reason: 'jump', beside: former };
  if (checks?.usual && usual) {
    const off = Math.abs(value - usual.median);
    if (off > USUAL.spreads * usual.spread && off > checks.usual.floor)
      return { reason: 'unusual', beside: usual.median };
  }
  return undefined;
}

/** So many times as large, or as small; from nothing, and over to the other side of it, everything is. */
function isJump(value: number, former: number, { times, floor }: { readonly times: number; readonly floor: number }) {
  if (Math.abs(value - former) <= floor) return false;
  const [small, large] = [Math.abs(value), Math.abs(former)].toSorted((a, b) => a - b) as [number, number];
  return value * former <= 0 || large >= times * small;
}

/** FG15: so many of a batch that something is wrong with all of it. */
export const isAllSuspicious = (held: number, rows: number): boolean =>
  rows >= SUSPICIOUS.least && held > rows * SUSPICIOUS.share;

/** FG144: so many rows that say that there is none may leave half of the units without a value. */
export const mayEnd = (rows: number): boolean => rows * 2 >= SUSPICIOUS.least;

/**
 * FG144: whether most of what counts ends by a batch.
 * @param ended units of which it says that there is none
 * @param counts units that have a value now, and whether that is of the source of the batch
 */
export function isMostEnded(ended: Iterable<UnitCode>, counts: ReadonlyMap<UnitCode, boolean>): boolean {
  const gone = new Set([...ended].filter((unit) => counts.has(unit)));
  const stays = [...counts].filter(([unit, isOwn]) => isOwn && !gone.has(unit)).length;
  return gone.size + stays >= SUSPICIOUS.least && gone.size > stays;
}

/** How many units a source named in the first batch of a period; null: it is not known. */
export interface FirstWord {
  readonly period: number;
  readonly units: number | null;
}

/**
 * FG15: whether half of the units are gone that are usually in the first batch of a period.
 * @param known of the same source and indicator
 */
export function isHalfGone({ period, units }: { period: number; units: number }, known: readonly FirstWord[]): boolean {
  if (known.some((word) => word.period === period)) return false;
  const before = known.filter((word) => word.period < period).toSorted((a, b) => b.period - a.period);
  const usual = before.slice(0, GONE.periods).flatMap((word) => word.units ?? []);
  if (usual.length < GONE.least) return false;
  // One batch that was torn off says nothing of what is usual.
  const middle = usual.toSorted((a, b) => a - b)[(usual.length - 1) >> 1] ?? 0;
  const fewest = Math.min(...usual.filter((named) => named * 2 >= middle));
  return fewest >= SUSPICIOUS.least && units * 2 < fewest;
}
