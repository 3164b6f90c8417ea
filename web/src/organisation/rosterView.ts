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
