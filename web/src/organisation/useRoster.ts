import { useEffect, useMemo, useState } from 'react';
import type { Roster } from '../api/contract.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { type RosterView, viewOf } from './rosterView.ts';

/** Names of a territory; asked for once in a round, the roster does not change during a briefing. */
export function useRoster(root: string, round = 0): RosterView | undefined {
  const { api } = useOffice();
  const [roster, setRoster] = useState<Roster>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again in the next round
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
  }, [api, root, round]);
  return useMemo(() => roster && viewOf(roster), [roster]);
}
