import { useCallback } from 'react';
import { elapsed, useText } from '../i18n/useText.tsx';

/** `45 giây`, `02:30`, `01:00:00`: seconds as long as they can be counted. */
export function useSpan(): (seconds: number) => string {
  const { t } = useText();
  return useCallback(
    (seconds) => {
      if (seconds < 100) return t.app.seconds(seconds);
      const long = elapsed(seconds * 1000);
      return seconds < 3600 ? long.slice(3) : long;
    },
    [t],
  );
}
