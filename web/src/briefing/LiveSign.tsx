import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './liveSign.css';

/** Whether anybody is on air, in words, with how long the briefing is live. A pause is no broadcast: neither red nor counting. */
export function LiveSign() {
  const { t } = useText(briefingWords);
  const { briefing, floor, clockOffset } = useChannel();
  const begun = briefing.state === 'live';
  const live = begun && floor.speakers.some(({ place }) => place === 'stage');
  const now = useNow(clockOffset, live);
  if (!live) return <span className="live-sign off">{begun ? t.paused : t.notLive}</span>;
  return (
    <span className="live-sign">
      <span className="dot" aria-hidden />
      {t.live}
      <span className="num wide">{briefing.liveAt ? elapsed(now - Date.parse(briefing.liveAt)) : ''}</span>
    </span>
  );
}
