import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './liveSign.css';

/** Whether the briefing is live, in words, with how long. */
export function LiveSign() {
  const { t } = useText(briefingWords);
  const { briefing, clockOffset } = useChannel();
  const live = briefing.state === 'live';
  const now = useNow(clockOffset, live);
  if (!live) return <span className="live-sign off">{t.notLive}</span>;
  return (
    <span className="live-sign">
      <span className="dot" aria-hidden />
      {t.live}
      <span className="num wide">{briefing.liveAt ? elapsed(now - Date.parse(briefing.liveAt)) : ''}</span>
    </span>
  );
}
