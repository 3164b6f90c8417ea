import { Maximize, Minimize } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/useText.tsx';
import { uiWords } from './words/ui.vi.ts';

const isFull = (): boolean => document.fullscreenElement !== null;
function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** The whole page, so that a call or a roll-call still comes over it; nothing where the browser can't (iPhones). */
export function FullScreenButton() {
  const { t } = useText(uiWords);
  const full = useSyncExternalStore(subscribe, isFull);
  if (!document.fullscreenEnabled) return null;
  const turn = (): void =>
    void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => undefined);
  return (
    <button type="button" className="button tool full-screen" onClick={turn}>
      {full ? <Minimize size={22} aria-hidden /> : <Maximize size={22} aria-hidden />}
      <span>{full ? t.leaveFullScreen : t.fullScreen}</span>
    </button>
  );
}
