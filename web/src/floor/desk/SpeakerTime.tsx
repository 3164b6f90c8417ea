import { ClockAlert, Timer } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { inLine, type Speaker, type SpeechTimer } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useSpokenEnd, useTimeLeft } from '../useTimeLeft.ts';
import { timerWords } from '../words/timer.vi.ts';
import { useMayGiveTime } from './useMayGiveTime.ts';
import './speakerTime.css';

const MINUTES = [2, 3, 5, 10, 15];
const NONE = 'none';

interface SpeakerProps {
  readonly speaker: Speaker;
}

/** FL39: what a speaker has left, in their line; whoever may gives them time there, with two presses. */
export function SpeakerTime({ speaker }: SpeakerProps) {
  const may = useMayGiveTime()(speaker);
  const { timer, place } = speaker;
  if (place === 'green') return null;
  if (may) return <Giving speaker={speaker} />;
  if (!timer) return null;
  return <Left key={timer.since} name={inLine(speaker.seat.name)} timer={timer} />;
}

function Giving({ speaker }: SpeakerProps) {
  const { t } = useText(timerWords);
  const { run, pending } = useAct();
  const announce = useAnnounce();
  const { timer, seat } = speaker;
  const name = inLine(seat.name);
  const give = async (key: string): Promise<void> => {
    const minutes = key === NONE ? null : Number(key);
    if (await run('seat.timer', { identity: seat.identity, minutes }))
      announce(minutes === null ? t.gaveNone(name) : t.gave(name, minutes));
  };
  return (
    <MenuTrigger>
      <Button className="button small speaker-time-button" isDisabled={pending.has('seat.timer')}>
        {timer ? (
          <Left key={timer.since} name={name} timer={timer} changes />
        ) : (
          <span className="speaker-time">
            <Timer size={16} aria-hidden />
            <span className="speaker-time-word">{t.give}</span> <span className="unseen">{t.giveTo(name)}</span>
          </span>
        )}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="listbox" aria-label={`${t.give} ${t.giveTo(name)}`} onAction={(key) => void give(String(key))}>
          {MINUTES.map((minutes) => (
            <MenuItem key={minutes} id={String(minutes)} className="option num">
              {t.minutes(minutes)}
            </MenuItem>
          ))}
          {timer && (
            <MenuItem id={NONE} className="option">
              {t.end}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

interface LeftProps {
  readonly name: string;
  readonly timer: SpeechTimer;
  /** A press changes it. */
  readonly changes?: boolean;
}

function Left({ name, timer, changes = false }: LeftProps) {
  const { t } = useText(timerWords);
  const { isOver, shown } = useTimeLeft(timer);
  useSpokenEnd(isOver, t.endedOf(name, timer.minutes));
  const Icon = isOver ? ClockAlert : Timer;
  const words = isOver ? t.overTo(name) : t.leftTo(name);
  return (
    <span className="speaker-time" data-over={isOver}>
      <Icon size={16} aria-hidden />
      <span className="num">{isOver ? t.overBy(shown) : shown}</span>{' '}
      {changes && <span className="unseen">{words}</span>}
    </span>
  );
}
