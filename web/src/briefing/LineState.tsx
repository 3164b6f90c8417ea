import { LoaderCircle, Signal, TriangleAlert, WifiOff } from 'lucide-react';
import { ApiError, type Turn } from '../api/ApiError.ts';
import type { Speaker } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useChannel, useMedia, useTools } from '../session/BriefingContext.tsx';
import { useOnline } from '../ui/useOnline.ts';
import { useSecondsUntil } from '../ui/useSecondsUntil.ts';
import { briefingWords } from './words/briefing.vi.ts';
import './lineSign.css';

export type LineWord = 'good' | 'weak' | 'lost' | 'stopped' | 'joining' | 'reconnecting' | 'offline';

/** The state of this computer's line, from the browser, the order channel and the media room. */
export function useLineWord(): LineWord {
  const online = useOnline();
  const { phase, line, pictures } = useMedia();
  const { floor } = useChannel();
  const { identity } = useTools();
  if (!online) return 'offline';
  if (phase === 'joining') return 'joining';
  if (phase === 'reconnecting' || phase === 'rejoining') return 'reconnecting';
  const onStage = floor.speakers.filter(({ place }) => place !== 'green');
  // FL23: of those who are lost it is said where they stand; whoever speaks themselves sees their own picture go on.
  const isMine = ({ seat }: Speaker): boolean => seat.identity === identity;
  const speaks = onStage.some((speaker) => isMine(speaker) && speaker.place === 'stage');
  if (speaks && onStage.every((speaker) => isMine(speaker) || speaker.place === 'holding')) return line;
  // PL27: whoever should be seen has no line.
  const allHeld = onStage.length > 0 && onStage.every(({ place }) => place === 'holding');
  return (pictures === 'stopped' || allHeld) && line !== 'lost' ? 'stopped' : line;
}

const icons = {
  good: Signal,
  weak: TriangleAlert,
  lost: WifiOff,
  stopped: TriangleAlert,
  joining: LoaderCircle,
  reconnecting: LoaderCircle,
  offline: WifiOff,
} as const;

/** Short, for the header. */
export function LineSign() {
  const { t } = useText(briefingWords);
  const word = useLineWord();
  const Icon = icons[word];
  return (
    <span className={`line-sign ${word}`} role="status">
      <Icon size={20} aria-hidden />
      <span className="wide" aria-hidden>
        {t.lineState[word]}
      </span>
      <span className="unseen">{t.lineState[word]}</span>
    </span>
  );
}

/** Long, where the line is not good: what it does about it, and what the person may do. */
export function LineNote() {
  const { t } = useText(briefingWords);
  const line = useLineWord();
  const { error } = useMedia();
  const { link } = useChannel();
  const channelDown = link === 'reconnecting';
  // That acts have to wait goes first: of a weak line nothing is to be done, and the header says it.
  const word = line === 'weak' && channelDown ? 'good' : line;
  if (word === 'good' && !channelDown) return null;
  const Icon = icons[word === 'good' ? 'lost' : word];
  return (
    <div className={`note ${word === 'offline' || word === 'lost' ? 'bad' : 'warn'}`} data-line={word}>
      <Icon size={22} aria-hidden />
      <p>
        {word !== 'good' && <strong>{t.lineState[word]}</strong>}
        {word === 'good' ? t.channelDown : t.lineDoes[word]}
        {word === 'reconnecting' && error instanceof ApiError && error.turn && <BackIn turn={error.turn} />}
      </p>
    </div>
  );
}

/** PL22: many come back at once, since their node died. */
function BackIn({ turn }: { readonly turn: Turn }) {
  const { t } = useText(briefingWords);
  const seconds = useSecondsUntil(turn.until);
  return seconds > 0 ? ` ${t.backIn(seconds)}` : null;
}
