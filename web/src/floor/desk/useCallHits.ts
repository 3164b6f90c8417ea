import { useEffect, useState } from 'react';
import type { CallHit } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { searchCallable } from './callRequests.ts';

/** Long enough not to ask at each letter of a quick typist, short enough not to be felt. */
const DEBOUNCE_MS = 120;

interface Hits {
  readonly hits: readonly CallHit[];
  /** All that match. */
  readonly total: number;
  readonly phase: 'idle' | 'searching' | 'found' | 'empty' | 'failed';
}
const none: Hits = { hits: [], total: 0, phase: 'idle' };

/** Units whose name fits what was typed, those first who can be called; the hits before stay until the new ones are there. */
export function useCallHits(query: string): Hits {
  const { api } = useOffice();
  const { briefing } = useChannel();
  const [state, setState] = useState<Hits>(none);
  useEffect(() => {
    const q = query.trim();
    if (q === '') return setState(none);
    const stop = new AbortController();
    setState((before) => ({ ...before, phase: 'searching' }));
    const timer = setTimeout(() => {
      searchCallable(api, briefing.id, q, stop.signal).then(
        ({ units, total }) => setState({ hits: units, total, phase: total > 0 ? 'found' : 'empty' }),
        () => stop.signal.aborted || setState({ ...none, phase: 'failed' }),
      );
    }, DEBOUNCE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, api, briefing.id]);
  return state;
}
