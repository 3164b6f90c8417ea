import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Carrier, Outbox, type OutboxState } from '../api/outbox/Outbox.ts';
import type { OutboxEntry } from '../api/outbox/outboxEntry.ts';
import type { Via } from '../api/outbox/sendable.ts';
import type { KeptReceipts } from '../api/receipts/KeptReceipts.ts';
import type { Readable } from '../lib/Store.ts';
import { useStore } from '../ui/useStore.ts';

/** What pages do with the outbox: they say something, and read what became of it. */
export type OutboxTools = {
  readonly state: Readable<OutboxState>;
  readonly receipts: Pick<KeptReceipts, 'all' | 'settle' | 'news' | 'connected'>;
} & Pick<Outbox, 'post' | 'dismiss' | 'carry' | 'hurry' | 'unsent' | 'forget'>;
const OutboxContext = createContext<OutboxTools | undefined>(undefined);

/** One outbox for the account that is signed in on this page; open as long as the page is. */
export function OutboxProvider({
  owner,
  outbox,
  children,
}: {
  owner: string;
  /** Of the fixtures. */
  outbox?: OutboxTools;
  children: ReactNode;
}) {
  const [own] = useState(() => new Outbox(owner));
  useEffect(() => {
    if (outbox) return;
    void own.open();
    return () => own.close();
  }, [own, outbox]);
  return <OutboxContext value={outbox ?? own}>{children}</OutboxContext>;
}

export function useOutbox(): OutboxTools {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider above');
  return outbox;
}

/** All entries of one kind, oldest first. */
export function useEntries<V extends Via>(via: V): readonly OutboxEntry<V>[] {
  const { entries } = useStore(useOutbox().state);
  return useMemo(
    () => entries.filter((entry) => entry.via === via) as readonly OutboxEntry[] as readonly OutboxEntry<V>[],
    [entries, via],
  );
}

/**
 * While the component stands, it carries entries of that kind. @param carrier the same at each drawing, or it is taken
 * anew
 */
export function useCarrier<V extends Via>(via: V, carrier: Carrier<V>): void {
  const outbox = useOutbox();
  useEffect(() => outbox.carry(via, carrier), [outbox, via, carrier]);
}
