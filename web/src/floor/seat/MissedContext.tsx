import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { callListSchema } from '../../api/contract.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { MissedBook } from './MissedBook.ts';

const MissedContext = createContext<MissedBook | undefined>(undefined);

/** One book for a session, however often the page turns from the door to the seat. */
export function MissedProvider({ children }: { children: ReactNode }) {
  const { api } = useOffice();
  const book = useMemo(
    () => new MissedBook(async (signal) => (await api.ask('/api/calls/missed', callListSchema, { signal })).calls),
    [api],
  );
  useEffect(() => () => book.close(), [book]);
  return <MissedContext value={book}>{children}</MissedContext>;
}

export function useMissedBook(): MissedBook {
  const book = useContext(MissedContext);
  if (!book) throw new Error('useMissedBook needs a MissedProvider above');
  return book;
}
