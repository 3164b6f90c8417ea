import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Session } from '../api/contract.ts';
import type { Api } from '../api/http.ts';
import { Inbox } from '../directives/Inbox.ts';
import { useOutbox } from './OutboxContext.tsx';

/** What pages work with in and out of a briefing: the session, its requests, and the directives of its unit. */
export interface Office {
  readonly session: Session;
  readonly api: Pick<Api, 'ask' | 'file' | 'session' | 'roster' | 'searchUnits' | 'briefings' | 'lists' | 'saveList'>;
  /** Only for a unit's seat: what it was told to do. */
  readonly inbox: Pick<Inbox, 'state' | 'hear' | 'load' | 'loadAll' | 'post' | 'read' | 'dismiss'> | undefined;
}
export const OfficeContext = createContext<Office | undefined>(undefined);

export function OfficeProvider({ api, session, children }: { api: Api; session: Session; children: ReactNode }) {
  const { role, unit } = session.account;
  const outbox = useOutbox();
  const inbox = useMemo(() => (role === 'seat' ? new Inbox(api, outbox, unit) : undefined), [api, outbox, role, unit]);
  useEffect(() => {
    inbox?.open();
    return () => inbox?.close();
  }, [inbox]);
  const office = useMemo(() => ({ session, api, inbox }), [session, api, inbox]);
  return <OfficeContext value={office}>{children}</OfficeContext>;
}

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('useOffice needs an OfficeProvider above');
  return office;
}
