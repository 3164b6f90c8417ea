import { useCallback, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError, isSignedOut } from '../api/ApiError.ts';
import type { KeptSessions, Session } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { forgetSession, keepSession, keptSession } from './keptSession.ts';

export type SessionState =
  | { readonly kind: 'opening'; readonly error?: unknown }
  | { readonly kind: 'none' }
  /** LK6: the browser holds several, or one beside somebody who signs in. */
  | { readonly kind: 'choose'; readonly kept: KeptSessions['sessions'] }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'open'; readonly session: Session };

/** Who can't be told whom the browser keeps signs in, but not while the server can't be reached. */
const nobodyKept = (error: unknown): KeptSessions => {
  if (error instanceof ApiError && error.reason === 'network') throw error;
  return { sessions: [], others: false };
};

/**
 * The session of this tab: by its link, the one before a reload, or one that this browser keeps (LK6).
 * @param hasSlip a slip's QR code was opened: whose it is, is shown before anybody goes in (LK7)
 */
export function useSession(api: Api, secret: string | undefined, hasSlip: boolean) {
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

  /** LK6: by its public id, with the cookie that this browser has. */
  const choose = useCallback(
    async (id: string): Promise<void> => {
      api.session = id;
      try {
        take(await api.currentSession());
      } catch (error) {
        if (isSignedOut(error)) leave(error);
        else throw error;
      }
    },
    [api, take, leave],
  );

  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = async (attempt: number): Promise<void> => {
      if (hasSlip && !secret) return setState({ kind: 'none' });
      let kept = keptSession();
      try {
        if (!secret && !kept) {
          const { sessions, others } = await api.keptSessions().catch(nobodyKept);
          if (stopped) return;
          const [only] = sessions;
          if (!only) return setState({ kind: 'none' });
          if (sessions.length > 1 || others) return setState({ kind: 'choose', kept: sessions });
          kept = only.session;
        }
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
  }, [api, secret, hasSlip, take, leave]);

  return { state, take, choose, forget, leaveAsTold };
}
