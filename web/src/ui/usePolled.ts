import { useCallback, useEffect, useRef, useState } from 'react';
import { fullJitter } from '../api/jitter.ts';

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const read = async (attempt: number): Promise<void> => {
      clearTimeout(timer);
      let next = everyMs;
      try {
        const value = await load();
        if (stopped) return;
        setState({ value, of: load });
        attempt = -1;
      } catch (error) {
        if (stopped) return;
        setState((before) => (before.of === load ? { ...before, error } : { error, of: load }));
        next = fullJitter(attempt) + 500;
      }
      if (next === undefined) return;
      timer = setTimeout(() => (document.hidden ? void wake(attempt) : void read(attempt + 1)), next);
    };
    // Nobody looks: wait until somebody does.
    const wake = (attempt: number): void => {
      const look = (): void => {
        if (document.hidden) return;
        document.removeEventListener('visibilitychange', look);
        if (!stopped) void read(attempt + 1);
      };
      document.addEventListener('visibilitychange', look);
    };
    again.current = () => void read(0);
    void read(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [load, everyMs]);
  const reload = useCallback(() => again.current(), []);
  const mine = state.of === load;
  return { value: mine ? state.value : undefined, error: mine ? state.error : undefined, reload };
}
