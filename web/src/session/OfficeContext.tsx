import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Api } from '../api/Api.ts';
import type { DoneAct, Session } from '../api/contract.ts';
import { Store } from '../lib/Store.ts';

/** What pages work with in and out of a briefing: the session and its requests. */
export interface Office {
  readonly session: Session;
  readonly api: Pick<Api, 'ask' | 'file' | 'session' | 'roster' | 'searchUnits' | 'briefings' | 'lists' | 'saveList'>;
  /** AC4: acts of others on this account that this page was told of by the order channel. */
  readonly news: Store<{ readonly heard: readonly DoneAct[] }>;
  /** Absent in the fixtures, which have no server to sign out of. */
  readonly leave?: { signOut: Api['signOut']; onSignedOut: () => void };
}
export const OfficeContext = createContext<Office | undefined>(undefined);

export function OfficeProvider({
  api,
  session,
  onSignedOut,
  children,
}: {
  api: Api;
  session: Session;
  onSignedOut: () => void;
  children: ReactNode;
}) {
  const office = useMemo(
    () => ({
      session,
      api,
      news: new Store<{ heard: readonly DoneAct[] }>({ heard: [] }),
      leave: { signOut: api.signOut.bind(api), onSignedOut },
    }),
    [session, api, onSignedOut],
  );
  return <OfficeContext value={office}>{children}</OfficeContext>;
}

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('useOffice needs an OfficeProvider above');
  return office;
}
