import { useCallback, useEffect, useRef, useState } from 'react';

interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | null;
}
type Load<T> = (after: string | undefined) => Promise<Page<T>>;

interface Held<T> {
  readonly of: Load<T>;
  readonly items: readonly T[];
  readonly total: number | undefined;
  readonly next: string | null;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
}
export interface Pages<T> extends Omit<Held<T>, 'of' | 'next'> {
  readonly hasMore: boolean;
  readonly more: () => void;
  /** Reads from the beginning as much as is shown, without a gap on the page. */
  readonly refresh: () => void;
}

/** A long list of the server, read page by page as it is wanted. @param load changes when it is another list */
export function usePages<T>(load: Load<T>): Pages<T> {
  const [held, setHeld] = useState<Held<T>>(() => nothingOf(load));
  const state = held.of === load ? held : nothingOf(load);
  const latest = useRef(load);
  const busy = useRef<Load<T>>(undefined);

  const read = useCallback(
    async (after: string | null, before: readonly T[], upTo: number): Promise<void> => {
      if (busy.current === load) return;
      busy.current = load;
      try {
        let items = before;
        let page: Page<T>;
        do {
          page = await load(after ?? undefined);
          if (latest.current !== load) return;
          items = [...items, ...page.items];
          after = page.next;
        } while (after && items.length < upTo);
        setHeld({ of: load, items, total: page.total, phase: 'ready', error: undefined, next: after });
      } catch (error) {
        if (latest.current !== load) return;
        setHeld((last) => ({ ...(last.of === load ? last : nothingOf(load)), phase: 'failed', error }));
      } finally {
        if (busy.current === load) busy.current = undefined;
      }
    },
    [load],
  );
  useEffect(() => {
    latest.current = load;
    void read(null, [], 0);
  }, [load, read]);
  return {
    ...state,
    hasMore: state.next !== null,
    more: () => void read(state.next, state.items, 0),
    refresh: () => void read(null, [], state.items.length),
  };
}

const nothingOf = <T>(load: Load<T>): Held<T> => ({
  of: load,
  items: [],
  total: undefined,
  next: null,
  phase: 'loading',
  error: undefined,
});
