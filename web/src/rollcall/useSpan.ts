import { useCallback } from 'react';
import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';

/** `45 giây`, `02:30`, `01:00:00`: seconds as long as they can be counted. */
export function useSpan(): (seconds: number) => string {
  const { t } = useText(uiWords);
  return useCallback(
    (seconds) => {
      if (seconds < 100) return t.seconds(seconds);
      const long = elapsed(seconds * 1000);
      return seconds < 3600 ? long.slice(3) : long;
    },
    [t],
  );
}
