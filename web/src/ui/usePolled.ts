import { useCallback, useEffect, useRef, useState } from 'react';
import { inOrder } from '../lib/inOrder.ts';
import { fullJitter } from '../lib/jitter.ts';

export interface Polled<T> {
  /** The newest answer; an older one stays while a newer can't be had. */
  readonly value: T | undefined;
  /** Of the last try, if it failed. */
  readonly error: unknown;
  /** Reads at once. */
  readonly reload: () => void;
}

/**
 * Reads something now and again while the page is looked at, and with full jitter after a failure.
 * @param load changes when something else is to be read
 * @param everyMs left out: once, until it was read
 */
export function usePolled<T>(load: (() => Promise<T>) | undefined, everyMs?: number): Polled<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; of?: unknown }>({});
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!load) return;
    const stop = new AbortController();
    const ask = inOrder();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (attempt: number): Promise<void> => {
      clearTimeout(timer);
      let next = everyMs && everyMs * (0.75 + Math.random() / 2);
      // It may be read at once while an older answer is on its way.
      const isNewest = ask();
      try {
        const value = await load();
        if (stop.signal.aborted || !isNewest()) return;
        setState({ value, of: load });
        attempt = -1;
      } catch (error) {
        if (stop.signal.aborted) return;
        setState((before) => (before.of === load ? { ...before, error } : { error, of: load }));
        next = fullJitter(attempt) + 500;
      }
      if (next === undefined) return;
      timer = setTimeout(() => (document.hidden ? waitForEyes(attempt) : void read(attempt + 1)), next);
    };
    const waitForEyes = (attempt: number): void =>
      document.addEventListener('visibilitychange', () => void read(attempt + 1), { once: true, signal: stop.signal });
    again.current = () => void read(0);
    void read(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [load, everyMs]);
  const reload = useCallback(() => again.current(), []);
  const mine = state.of === load;
  return { value: mine ? state.value : undefined, error: mine ? state.error : undefined, reload };
}
