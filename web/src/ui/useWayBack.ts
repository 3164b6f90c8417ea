import { useEffect, useRef } from 'react';

/**
 * Whoever goes back from what took the place of a page has the focus where they left it: on what is marked by `data-way`
 * with the same name, or where that is not there, on what leads anywhere (`any`).
 */
export function useWayBack(shown: string | undefined): void {
  const last = useRef(shown);
  useEffect(() => {
    const from = last.current;
    last.current = shown;
    if (from === undefined || shown !== undefined) return;
    // What is shown again may have taken it already.
    if (document.activeElement !== document.body) return;
    const way = document.querySelector<HTMLElement>(`[data-way="${from}"]`);
    (way ?? document.querySelector<HTMLElement>('[data-way="any"]'))?.focus();
  }, [shown]);
}
