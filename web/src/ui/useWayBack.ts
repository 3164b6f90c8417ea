import { useEffect, useRef } from 'react';

/**
 * Whoever goes back from what took the place of a page has the focus where they left it: on what is marked by `data-way`
 * with the same name.
 */
export function useWayBack(shown: string | undefined): void {
  const last = useRef(shown);
  useEffect(() => {
    const from = last.current;
    last.current = shown;
    if (from === undefined || shown !== undefined) return;
    document.querySelector<HTMLElement>(`[data-way="${from}"]`)?.focus();
  }, [shown]);
}
