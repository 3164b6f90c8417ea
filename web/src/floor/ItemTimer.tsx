import { Clock, ClockAlert } from 'lucide-react';
import { elapsed } from '../i18n/formats.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useNow } from '../ui/useNow.ts';
import { timerWords } from './words/timer.vi.ts';
import './itemTimer.css';

/**
 * PN28: what the item that runs has left of its planned time, for who speaks and who leads. At its end the colour and the
 * words change, and nobody is cut off. Nothing where no item runs, or nobody planned its time.
 */
export default function ItemTimer() {
  const { t } = useText(timerWords);
  const { clockOffset, programme } = useChannel();
  const { item } = programme;
  const now = useNow(clockOffset, true);
  if (!item?.minutes) return null;
  const left = Date.parse(item.since) + item.minutes * 60_000 - now;
  const isOver = left < 0;
  const Icon = isOver ? ClockAlert : Clock;
  return (
    <p className="item-timer" role="timer" data-over={isOver}>
      <Icon size={20} aria-hidden />
      <span className="item-timer-words">{isOver ? t.over(item.minutes) : t.left(item.minutes)}</span>
      <span className="item-timer-short" aria-hidden>
        {isOver ? t.overShort : t.leftShort}
      </span>
      <strong className="num">{elapsed(isOver ? -left : Math.ceil(left / 1000) * 1000)}</strong>
    </p>
  );
}
