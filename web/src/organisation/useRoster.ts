import { useEffect, useMemo, useState } from 'react';
import type { Roster } from '../api/contract.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { type RosterView, viewOf } from './rosterView.ts';

/** Names of a territory; asked for once, the roster does not change during a briefing. */
export function useRoster(root: string): RosterView | undefined {
  const { api } = useOffice();
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
