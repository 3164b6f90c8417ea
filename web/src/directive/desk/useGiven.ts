import { useCallback, useContext, useEffect, useRef } from 'react';
import type { Directive } from '../../api/contract.ts';
import { BriefingContext } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { type Polled, usePolled } from '../../ui/usePolled.ts';
import { issuerApi } from './issuerApi.ts';

const POLL_MS = 10_000;

interface Given {
  /** By those above, to units of the territory. */
  readonly above: readonly Directive[];
  readonly own: readonly Directive[];
}

/**
 * What was given in the territory and to it, newest first; read again at once when figures come of one that is not
 * known. @param briefing only in it
 */
export function useGiven(briefing: string | undefined): Polled<Given> {
  const { api } = useOffice();
  const channel = useContext(BriefingContext)?.channel;
  const load = useCallback(async () => {
    const [above, own] = await Promise.all([
      issuerApi.given(api, 'above', briefing),
      issuerApi.given(api, 'issued', briefing),
    ]);
    return { above, own };
  }, [api, briefing]);
  const read = usePolled(load, POLL_MS);
  const { value, reload } = read;
  const known = useRef(new Set<string>());
  useEffect(() => {
    for (const { id } of [...(value?.above ?? []), ...(value?.own ?? [])]) known.current.add(id);
    return channel?.on('directive.tick', ({ directive }) => {
      if (!value || known.current.has(directive)) return;
      known.current.add(directive);
      reload();
    });
  }, [channel, value, reload]);
  return read;
}
