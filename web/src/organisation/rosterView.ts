import { inLine, type Roster } from '../api/contract.ts';
import { naturalOrder } from './naturalOrder.ts';

export interface RosterUnit {
  readonly code: string;
  readonly path: string;
  /** Id of its tier. */
  readonly tier: string;
  readonly name: string;
}
export interface RosterView {
  readonly tiers: Roster['tiers'];
  /** In natural order, parents before children. (UN12) */
  readonly byCode: ReadonlyMap<string, RosterUnit>;
  /** `huyện Định Quán, tỉnh Đồng Nai`: the names between a unit and the root, nearest first. */
  within(path: string): string;
  /** Place of a unit in that order, by its code; what is not known comes last. */
  rank(code: string): number;
}

/** The roster as pages read it. */
export function viewOf(roster: Roster): RosterView {
  const units = naturalOrder(roster.units.map(([code, path, tier, name]) => ({ code, path, tier, name })));
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const ranks = new Map(units.map(({ code }, i) => [code, i]));
  return {
    tiers: roster.tiers,
    byCode,
    within: (path) =>
      path
        .split('.')
        .slice(1, -1)
        .reverse()
        .map((code) => inLine(byCode.get(code)?.name ?? ''))
        .filter(Boolean)
        .join(', '),
    rank: (code) => ranks.get(code) ?? units.length,
  };
}

/** Its name; a sign that it is on its way, as long as names are. */
export const nameIn = (roster: RosterView | undefined, code: string): string =>
  roster ? (roster.byCode.get(code)?.name ?? code) : '…';

/** `vn.79` of `vn.79.769` */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** From the territory's root down to a place, both included. */
export function trailOf(roster: RosterView, root: string, place: string): readonly RosterUnit[] {
  const trail: RosterUnit[] = [];
  for (let path = place; path.length >= root.length && path !== ''; path = parentOf(path)) {
    const unit = roster.byCode.get(path.slice(path.lastIndexOf('.') + 1));
    if (unit) trail.unshift(unit);
  }
  return trail;
}
