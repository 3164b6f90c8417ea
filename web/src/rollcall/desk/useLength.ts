import { useCallback } from 'react';
import { useRoundText } from '../../i18n/desk/useRoundText.ts';
import { useText } from '../../i18n/useText.tsx';

/** A length that is chosen, `30 giây` or `2 phút`: beside seconds, `02:00` reads as a time of day. */
export function useLength(): (seconds: number) => string {
  const { t } = useText();
  const r = useRoundText();
  return useCallback((seconds) => (seconds < 120 ? t.app.seconds(seconds) : r.minutes(seconds / 60)), [t, r]);
}
