import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { principalWords } from './words/principal.vi.ts';
import './countIn.css';

/** 3, 2, 1 over one's own picture: whoever is about to be seen sees it coming, and can stop it. Escape stops too. */
export function CountIn({ left, onStop }: { left: number; onStop: () => void }) {
  const { t } = useText(principalWords);
  const announce = useAnnounce();
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => stop.current?.focus(), []);
  useEffect(() => announce(t.onAirIn(left), 'assertive'), [announce, t, left]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way for the button in it
    <div className="count-in on-stage" onKeyDown={({ key }) => key === 'Escape' && onStop()}>
      <p>{t.onAirSoon}</p>
      <strong key={left} className="num" aria-hidden>
        {left}
      </strong>
      <button ref={stop} type="button" className="button big" onClick={onStop}>
        <X size={22} aria-hidden />
        {t.stopCount}
      </button>
    </div>
  );
}
