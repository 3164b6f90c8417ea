import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import type { UnitHits } from '../api/contract.ts';

export type UnitHit = UnitHits['units'][number];

/** Long enough not to ask at each letter of a quick typist, short enough not to be felt. */
const DEBOUNCE_MS = 120;

interface Hits {
  readonly hits: readonly UnitHit[];
  readonly phase: 'idle' | 'searching' | 'found' | 'empty';
}

/** Units whose name fits what was typed; the hits before stay until the new ones are there. */
export function useUnitHits(query: string, api: Pick<Api, 'searchUnits'>): Hits {
  const [state, setState] = useState<Hits>({ hits: [], phase: 'idle' });
  useEffect(() => {
    const q = query.trim();
    if (q === '') return setState({ hits: [], phase: 'idle' });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setState((before) => ({ ...before, phase: 'searching' }));
      api.searchUnits(q, stop.signal).then(
        (hits) => setState({ hits, phase: hits.length > 0 ? 'found' : 'empty' }),
        () => stop.signal.aborted || setState({ hits: [], phase: 'idle' }),
      );
    }, DEBOUNCE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, api]);
  return state;
}
