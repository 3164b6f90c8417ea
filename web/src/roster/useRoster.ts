import { useEffect, useMemo, useState } from 'react';
import type { Roster } from '../api/contract.ts';
import { useTools } from '../app/BriefingContext.tsx';

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
  /** `Huyện Định Quán, Đồng Nai`: the names between a unit and the root, nearest first. */
  within(path: string): string;
}

/** Names of a territory; asked for once, the roster does not change during a briefing. */
export function useRoster(root: string): RosterView | undefined {
  const { api } = useTools();
  const [roster, setRoster] = useState<Roster>();
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      api.roster(root, stop.signal).then(setRoster, () => {
        if (!stop.signal.aborted) timer = setTimeout(load, 2000 + Math.random() * 3000);
      });
    };
    load();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, root]);
  return useMemo(() => roster && viewOf(roster), [roster]);
}

function viewOf(roster: Roster): RosterView {
  const byCode = new Map(roster.units.map(([code, path, tier, name]) => [code, { code, path, tier, name }]));
  return {
    tiers: roster.tiers,
    byCode,
    within: (path) =>
      path
        .split('.')
        .slice(1, -1)
        .reverse()
        .map((code) => byCode.get(code)?.name ?? '')
        .filter(Boolean)
        .join(', '),
  };
}
