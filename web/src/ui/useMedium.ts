import { useCallback, useRef, useSyncExternalStore } from 'react';

/**
 * Whether a media query holds on the screen. While the page is printed the answer stays: paper is narrow, but nobody
 * turned to another device.
 */
export function useMedium(query: string): boolean {
  const last = useRef<boolean>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => {
      const medium = matchMedia(query);
      medium.addEventListener('change', listener);
      return () => medium.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => {
    if (last.current === undefined || !matchMedia('print').matches) last.current = matchMedia(query).matches;
    return last.current;
  });
}
