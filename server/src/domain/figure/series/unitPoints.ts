import type { Indicator } from '../../../protocol/figureDefinition.ts';
import { carriedOver } from '../carriedOver.ts';
import { freshnessOf, lookedAt } from '../freshness.ts';
import { periodAfter } from '../periods.ts';

/** What counts of a unit in one period of which it has said something. */
export interface UnitSaid {
  /** null: that there is none; undefined: nothing that counts. */
  readonly value: number | null | undefined;
  /** It has said something again. */
  readonly revised: boolean;
}
interface UnitPoint {
  readonly period: number;
  readonly value: number | null;
  readonly revised: boolean;
}

/** Periods of which it has to be known what was said, so that a series of so many can be told, the oldest first. */
export function periodsLooked(indicator: Indicator, newest: number, most: number): number[] {
  const before = carriedOver(indicator);
  const all = Array.from({ length: most + before }, (_, i) =>
    periodAfter(indicator.every, newest, i + 1 - most - before),
  );
  return all.filter(Number.isFinite);
}

/**
 * FG100: the series of a unit, the oldest first, from the first period in which something stands: what it has said of each,
 * or what stands from before until that is stale (FG11). Where neither does, nobody knows.
 */
export function unitPoints(
  indicator: Indicator,
  periods: readonly number[],
  said: ReadonlyMap<number, UnitSaid>,
  { most, now }: { readonly most: number; readonly now: number },
): UnitPoint[] {
  const newest = periods.at(-1);
  const stands = indicator.kind !== 'flow';
  let last: { readonly period: number; readonly value: number | null } | undefined;
  const points = periods.map((period): UnitPoint => {
    const own = said.get(period);
    if (own?.value !== undefined) last = { period, value: own.value };
    const at = lookedAt(indicator, period, period === newest, now);
    const counts = last && (last.period === period || (stands && freshnessOf(indicator, last.period, at) !== 'stale'));
    return { period, value: counts ? (last?.value ?? null) : null, revised: own?.revised ?? false };
  });
  const shown = points.slice(-most);
  const first = shown.findIndex(({ period, value }) => value !== null || said.has(period));
  return first < 0 ? [] : shown.slice(first);
}
