import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds. */
export function useMedium(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const medium = matchMedia(query);
      medium.addEventListener('change', listener);
      return () => medium.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
