import { useCallback, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError, isSignedOut } from '../api/ApiError.ts';
import type { Session } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { forgetSession, keepSession, keptSession } from './keptSession.ts';

export type SessionState =
  | { readonly kind: 'opening'; readonly error?: unknown }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'open'; readonly session: Session };

/** The session of this tab: by the link it was opened with, or the one it had before a reload. */
export function useSession(api: Api, secret: string | undefined) {
  const [state, setState] = useState<SessionState>({ kind: 'opening' });

  const take = useCallback(
    (session: Session): void => {
      keepSession(session.session);
      api.session = session.session;
      setState({ kind: 'open', session });
    },
    [api],
  );
  const forget = useCallback((): void => {
    forgetSession();
    api.session = undefined;
    setState({ kind: 'none' });
  }, [api]);

  /** LK5: by a unit that left the tree nobody signs in again, so the page says why. */
  const leave = useCallback(
    (error: unknown): void => {
      forget();
      if (error instanceof ApiError && error.reason === 'unit-ended') setState({ kind: 'refused', error });
    },
    [forget],
  );
  /** The session is over, as something else was told: asks why. */
  const leaveAsTold = useCallback((): void => {
    api.currentSession().then(forget, leave);
  }, [api, forget, leave]);

  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = async (attempt: number): Promise<void> => {
      const kept = keptSession();
      if (!secret && !kept) return setState({ kind: 'none' });
      try {
        if (kept && !secret) api.session = kept;
        const session = secret ? await api.signInByLink(secret) : await api.currentSession();
        if (!stopped) take(session);
      } catch (error) {
        if (stopped) return;
        if (error instanceof ApiError && error.reason === 'network') {
          setState({ kind: 'opening', error });
          timer = setTimeout(() => void open(attempt + 1), fullJitter(attempt));
        } else if (!secret && isSignedOut(error)) leave(error);
        else setState({ kind: 'refused', error });
      }
    };
    void open(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api, secret, take, leave]);

  return { state, take, forget, leaveAsTold };
}
