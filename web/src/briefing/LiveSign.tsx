import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './liveSign.css';

/** Whether anybody is on air, in words, and how long all in all (FL20). A pause is no broadcast: neither red nor counting. */
export function LiveSign() {
  const { t } = useText(briefingWords);
  const { briefing, floor, air, clockOffset, programme } = useChannel();
  const begun = briefing.state === 'live';
  // PN15: nobody is seen or heard behind a card.
  const carded = floor.stage === undefined && programme.layout.kind === 'card';
  const live = begun && !carded && floor.speakers.some(({ place, away }) => place === 'stage' && !away);
  // Whose line dropped is on the way back: nobody has paused.
  const broken = floor.speakers.some(({ place }) => place === 'holding');
  const now = useNow(clockOffset, live);
  // TR2: in a room of its own a unit reads how long that has been held.
  const since = floor.stage ? floor.stage.since : air?.since;
  // Who comes in by a slow line is not told yet who is on air.
  if (begun && floor.seq < 0) return null;
  if (!live)
    return <span className="live-sign off">{begun ? (broken && !carded ? t.broken : t.paused) : t.notLive}</span>;
  return (
    <span className="live-sign">
      <span className="dot" aria-hidden />
      {t.live}
      <span className="num wide">
        {since ? elapsed((floor.stage ? 0 : (air?.beforeMs ?? 0)) + Math.max(0, now - Date.parse(since))) : ''}
      </span>
    </span>
  );
}
