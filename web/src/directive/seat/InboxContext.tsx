import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Api } from '../../api/Api.ts';
import type { Session } from '../../api/contract.ts';
import { useOutbox } from '../../session/OutboxContext.tsx';
import { Inbox } from './Inbox.ts';

export type InboxTools = Pick<Inbox, 'state' | 'hear' | 'load' | 'loadAll' | 'post' | 'read' | 'dismiss'>;
export const InboxContext = createContext<InboxTools | undefined>(undefined);

/** What a unit was told to do, in and out of a briefing; officials have none. */
export function InboxProvider({ api, session, children }: { api: Api; session: Session; children: ReactNode }) {
  const { role, unit } = session.account;
  const outbox = useOutbox();
  const inbox = useMemo(() => (role === 'seat' ? new Inbox(api, outbox, unit) : undefined), [api, outbox, role, unit]);
  useEffect(() => {
    inbox?.open();
    return () => inbox?.close();
  }, [inbox]);
  return <InboxContext value={inbox}>{children}</InboxContext>;
}

/** Only for a unit's seat. */
export const useInboxTools = (): InboxTools | undefined => useContext(InboxContext);
