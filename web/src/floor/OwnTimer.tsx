import { ClockAlert, Timer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SpeechTimer } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel } from '../session/BriefingContext.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { useSpokenEnd, useTimeLeft } from './useTimeLeft.ts';
import { timerWords } from './words/timer.vi.ts';
import './ownTimer.css';

/** Given longer ago, it is no news to whoever opens the page, ms. */
const NEW_MS = 10_000;

/** FL39: what is left of the time that this device was given to speak; its end changes words and colour, and cuts nobody off. */
export function OwnTimer({ timer }: { timer: SpeechTimer }) {
  const { t } = useText(timerWords);
  const { clockOffset } = useChannel();
  const announce = useAnnounce();
  const { minutes, since } = timer;
  const { isOver, shown } = useTimeLeft(timer);
  const said = useRef(false);
  useEffect(() => {
    if (said.current) return;
    said.current = true;
    if (Date.now() + clockOffset - Date.parse(since) < NEW_MS) announce(t.given(minutes));
  }, [announce, clockOffset, minutes, since, t]);
  useSpokenEnd(isOver, t.ended(minutes));
  const Icon = isOver ? ClockAlert : Timer;
  return (
    <p className="own-timer" role="timer" data-over={isOver}>
      <Icon size={24} aria-hidden />
      <span>{isOver ? t.ownOver(minutes) : t.ownLeft(minutes)}</span>
      <strong className="num">{shown}</strong>
    </p>
  );
}
