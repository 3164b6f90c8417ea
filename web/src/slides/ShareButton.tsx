import { MonitorUp, MonitorX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useText } from '../i18n/useText.tsx';
import { screenCapture } from '../livekit/screenCapture.ts';
import { useChannel, useMedia, useTools } from '../session/BriefingContext.tsx';
import { useAct } from '../session/useAct.ts';
import { useToasts } from '../ui/Toasts.tsx';
import { hidesContent } from './hidesContent.ts';
import { slidesWords } from './words/slides.vi.ts';

/** Begins and ends sharing a screen; nothing where this device may not, or its browser cannot. */
export default function ShareButton({ className = 'button' }: { className?: string }) {
  const { t } = useText(slidesWords);
  const { tell } = useToasts();
  const { media } = useTools();
  const { mayShare, sharing } = useMedia();
  useEffect(() => {
    if (sharing === 'failed') tell({ text: t.shareFailed, tone: 'bad' });
  }, [sharing, tell, t]);
  useShownToAll();
  if (!mayShare) return null;
  const isOn = sharing === 'on' || sharing === 'starting';
  const toggle = async (): Promise<void> => {
    if (isOn) return media.share(undefined);
    try {
      const [screen] = (await navigator.mediaDevices.getDisplayMedia(screenCapture)).getVideoTracks();
      media.share(screen);
    } catch (error) {
      // Closed without a choice: nothing has happened.
      if ((error as Error).name !== 'NotAllowedError') tell({ text: t.shareFailed, tone: 'bad' });
    }
  };
  return (
    <button type="button" className={className} data-on={isOn} onClick={() => void toggle()}>
      {isOn ? <MonitorX size={20} aria-hidden /> : <MonitorUp size={20} aria-hidden />}
      <span>{isOn ? t.shareEnd : t.share}</span>
    </button>
  );
}

/** A principal's screen is what all see: a layout of people alone, chosen before, would hide it. */
function useShownToAll(): void {
  const { session, identity } = useTools();
  const { programme } = useChannel();
  const { run } = useAct();
  const { content, layout } = programme;
  const mine = content?.kind === 'screen' && content.identity === identity;
  const before = useRef(mine);
  useEffect(() => {
    const begins = mine && !before.current;
    before.current = mine;
    if (begins && session.account.role === 'principal' && hidesContent(layout))
      void run('programme.set', { layout: { kind: 'content', face: { by: 'principal' } } });
  }, [mine, layout, session, run]);
}
