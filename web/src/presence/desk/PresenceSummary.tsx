import { CircleCheck } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { presenceDeskWords } from '../words/desk.vi.ts';
import './presence.css';

/** `Đang kết nối 9.871 / 10.056`, with when it is from. */
export function PresenceCountLine() {
  const { t, number, time } = useText(presenceDeskWords);
  const { session } = useTools();
  const { presence, presenceAt, link } = useChannel();
  const total = presence.get(session.account.unit.code);
  if (!total || !presenceAt) return <p className="soft">{t.noPresence}</p>;
  const stale = link !== 'online';
  return (
    <div className="presence-total">
      <p>
        <span className="label">{t.present}</span>{' '}
        <strong className="num">{t.presentOf(number(total.here), number(total.expected))}</strong>
      </p>
      <p className={stale ? 'stale' : 'soft'}>
        {stale ? t.stale(time(presenceAt)) : t.asOf(time(presenceAt))}
        {total.weak > 0 && <> · {t.weak(number(total.weak))}</>}
      </p>
    </div>
  );
}

/** Under the figure: who is away, whose line is weak, and when that was so; a sentence where numbers say little. */
export function PresenceNote() {
  const { t, number, time } = useText(presenceDeskWords);
  const { session } = useTools();
  const { briefing, presence, presenceAt, link } = useChannel();
  const total = presence.get(session.account.unit.code);
  if (!total || !presenceAt) return null;
  const stale = link !== 'online';
  const away = total.expected - total.here;
  return (
    <p className="presence-note num">
      {total.here === 0 ? (
        <span>{t.nobodyHere}</span>
      ) : away === 0 ? (
        <strong className="all">
          <CircleCheck size={18} aria-hidden />
          {t.everybodyHere}
        </strong>
      ) : (
        <strong>{(briefing.liveAt === null ? t.notYet : t.away)(number(away))}</strong>
      )}
      {total.weak > 0 && <span>{t.weak(number(total.weak))}</span>}
      <span className={stale ? 'stale' : 'soft'}>{stale ? t.stale(time(presenceAt)) : t.asOf(time(presenceAt))}</span>
    </p>
  );
}
