import { elapsed, useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';

/** Whether the briefing is live, in words, with how long. */
export function LiveSign() {
  const { t } = useText();
  const { briefing, clockOffset } = useChannel();
  const live = briefing.state === 'live';
  const now = useNow(clockOffset, live);
  if (!live) return <span className="live-sign off">{t.room.notLive}</span>;
  return (
    <span className="live-sign">
      <span className="dot" aria-hidden />
      {t.room.live}
      <span className="num wide">{briefing.liveAt ? elapsed(now - Date.parse(briefing.liveAt)) : ''}</span>
    </span>
  );
}
