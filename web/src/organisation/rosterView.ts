import { inLine, type Roster } from '../api/contract.ts';

export interface RosterUnit {
  readonly code: string;
  readonly path: string;
  /** Id of its tier. */
  readonly tier: string;
  readonly name: string;
}
export interface RosterView {
  readonly tiers: Roster['tiers'];
  /** In path order, parents before children. */
  readonly byCode: ReadonlyMap<string, RosterUnit>;
  /** `huyện Định Quán, tỉnh Đồng Nai`: the names between a unit and the root, nearest first. */
  within(path: string): string;
}

/** The roster as pages read it. */
export function viewOf(roster: Roster): RosterView {
  const byCode = new Map(roster.units.map(([code, path, tier, name]) => [code, { code, path, tier, name }]));
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
