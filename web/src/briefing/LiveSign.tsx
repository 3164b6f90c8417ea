import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './liveSign.css';

/** Whether anybody is on air, in words, and how long all in all (FL20). A pause is no broadcast: neither red nor counting. */
export function LiveSign() {
  const { t } = useText(briefingWords);
  const { briefing, floor, air, clockOffset } = useChannel();
  const begun = briefing.state === 'live';
  const live = begun && floor.speakers.some(({ place }) => place === 'stage');
  const now = useNow(clockOffset, live);
  if (!live) return <span className="live-sign off">{begun ? t.paused : t.notLive}</span>;
  return (
    <span className="live-sign">
      <span className="dot" aria-hidden />
      {t.live}
      <span className="num wide">
        {air?.since ? elapsed(air.beforeMs + Math.max(0, now - Date.parse(air.since))) : ''}
      </span>
    </span>
  );
}
