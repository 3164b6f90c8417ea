import { useRef } from 'react';

/**
 * One key for each thing that somebody wants, until it is done: whoever presses again because no answer came wants the
 * same thing, and the server does it once.
 */
export function useKeys(): { of(wish: string): string; done(wish: string): void } {
  const keys = useRef(new Map<string, string>());
  return {
    of: (wish) => {
      const key = keys.current.get(wish) ?? crypto.randomUUID();
      keys.current.set(wish, key);
      return key;
    },
    done: (wish) => void keys.current.delete(wish),
  };
}
