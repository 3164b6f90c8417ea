import { useCallback } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';

/** A length that is chosen, `30 giây` or `2 phút`: beside seconds, `02:00` reads as a time of day. */
export function useLength(): (seconds: number) => string {
  const { t } = useText(uiWords);
  const { t: r } = useText(rollcallDeskWords);
  return useCallback((seconds) => (seconds < 120 ? t.seconds(seconds) : r.minutes(seconds / 60)), [t, r]);
}
