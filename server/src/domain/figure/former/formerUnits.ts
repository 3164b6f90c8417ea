import type { UnitCode } from '../../../protocol/organisation.ts';

/** What a closed unit left to one of those that took its place, as it is on record. */
export interface Succession {
  readonly unit: UnitCode;
  readonly successor: UnitCode;
  /** Of all that the unit left, in whole parts. */
  readonly share: number;
  /** Start of the day on which the unit was no more, milliseconds since 1970. */
  readonly closed: number;
  /** Likewise of the day on which the successor began. */
  readonly began: number;
}

/** A closed unit at a unit of today: from one part to another of so many. */
export interface FormerShare {
  readonly unit: UnitCode;
  readonly successor: UnitCode;
  readonly closed: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly of: bigint;
  /** Where the largest share went: there the unit is counted, once. */
  readonly counts: boolean;
}

interface Part {
  readonly code: UnitCode;
  readonly weight: bigint;
}

/**
 * FG9: by whom closed units stand in the tree of today. Whoever was closed in turn passes on what they got.
 * @param isHere whether a unit is in the tree of today @returns in the order of their codes
 */
export function formerShares(successions: readonly Succession[], isHere: (code: UnitCode) => boolean): FormerShare[] {
  const byUnit = Map.groupBy(successions, ({ unit }) => unit);
  const parts = (unit: UnitCode, above: ReadonlySet<UnitCode>): Part[] => {
    if (isHere(unit)) return [{ code: unit, weight: 1n }];
    const heirs = (byUnit.get(unit) ?? []).filter(({ successor }) => !above.has(successor));
    const below = heirs.map(({ successor, share }) => ({
      share: BigInt(share),
      parts: parts(successor, new Set([...above, successor])),
    }));
    const living = below.filter((each) => each.parts.length > 0);
    // All of them in parts of one size.
    const sums = living.map((each) => each.parts.reduce((sum, { weight }) => sum + weight, 0n));
    const whole = sums.reduce((all, sum) => all * sum, 1n);
    return living.flatMap((each, i) =>
      each.parts.map(({ code, weight }) => ({ code, weight: (weight * each.share * whole) / (sums[i] ?? 1n) })),
    );
  };
  return [...byUnit.keys()].toSorted().flatMap((unit) => {
    if (isHere(unit)) return [];
    const shares = new Map<UnitCode, bigint>();
    for (const { code, weight } of parts(unit, new Set([unit]))) shares.set(code, (shares.get(code) ?? 0n) + weight);
    const all = [...shares].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const [counted] = all.toSorted(([, a], [, b]) => (a === b ? 0 : a < b ? 1 : -1)).map(([code]) => code);
    const of = all.reduce((sum, [, weight]) => sum + weight, 0n);
    const closed = byUnit.get(unit)?.[0]?.closed ?? 0;
    let to = 0n;
    return all.map(([successor, weight]) => {
      const from = to;
      to += weight;
      return { unit, successor, closed, from, to, of, counts: successor === counted };
    });
  });
}

/** What of a value falls to a share: of all shares together exactly the value. */
export function shareOf(value: number, { from, to, of }: Pick<FormerShare, 'from' | 'to' | 'of'>): number {
  const all = BigInt(value);
  return Number((all * to) / of - (all * from) / of);
}
