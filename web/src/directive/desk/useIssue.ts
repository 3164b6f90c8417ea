import { useEffect, useRef, useState } from 'react';
import { isPassing } from '../../api/ApiError.ts';
import type { Directive } from '../../api/contract.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { type IssueAsk, issuerApi } from './issuerApi.ts';

type Sending =
  | { readonly kind: 'idle'; readonly error?: unknown }
  | { readonly kind: 'sending' }
  /** The server could not be reached; it is sent again. */
  | { readonly kind: 'waiting' };

/** Gives a directive: sent under one key until the server has recorded or refused it. */
export function useIssue(onGiven: (directive: Directive) => void) {
  const { api } = useOffice();
  const [state, setState] = useState<Sending>({ kind: 'idle' });
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current++;
    },
    [],
  );
  const give = async (ask: IssueAsk): Promise<void> => {
    const mine = ++run.current;
    setState({ kind: 'sending' });
    for (let attempt = 0; run.current === mine; attempt++) {
      try {
        const directive = await issuerApi.issue(api, ask);
        if (run.current === mine) onGiven(directive);
        return;
      } catch (error) {
        if (run.current !== mine) return;
        if (!isPassing(error)) return setState({ kind: 'idle', error });
        setState({ kind: 'waiting' });
        await new Promise((resolve) => setTimeout(resolve, 300 + fullJitter(attempt)));
      }
    }
  };
  const stop = (): void => {
    run.current++;
    setState({ kind: 'idle' });
  };
  return { state, give, stop };
}
