import { useCallback, useEffect, useState } from 'react';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { RehearsalSign } from '../../briefing/RehearsalSign.tsx';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useScene } from '../../floor/stage/useScene.ts';
import { useText } from '../../i18n/useText.tsx';
import { ScreenClock } from '../../screen/ScreenClock.tsx';
import { useKiosk } from '../../screen/useKiosk.ts';
import { screenWords } from '../../screen/words/screen.vi.ts';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import icon from '../../ui/icon.svg';
import './programmePage.css';

/** So long a screen that was just set up says that a key turns on its sound; then the stage stands alone. */
const HINT_MS = 20_000;

/** SN17: of the address; a screen that stands in a hall is set up by hand, once. */
const FRAME = 'frame';

/** The stage alone, on the whole of a screen; with a frame above it where the address asks for one. */
export function ProgrammePage() {
  const { t } = useText(screenWords);
  const { media } = useTools();
  const { briefing, floor, clockOffset } = useChannel();
  const { soundBlocked } = useMedia();
  useKiosk(useCallback(() => void media.startSound(), [media]));
  const [fresh, setFresh] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setFresh(false), HINT_MS);
    return () => clearTimeout(timer);
  }, []);
  const [framed] = useState(() => new URLSearchParams(window.location.search).has(FRAME));
  const { scene } = useScene();
  // Over what is shown they would lie on its letters.
  const isFree = scene.kind !== 'content' && !floor.speakers.some(({ place }) => place === 'stage');
  return (
    <main className="programme" data-framed={framed} aria-label={t.title}>
      <RehearsalSign rehearsal={briefing.rehearsal} />
      {framed && (
        <header className="programme-frame">
          <img src={icon} alt="" />
          <h1 className="clip">{briefing.title}</h1>
          <LiveSign />
          <ScreenClock offset={clockOffset} corner />
        </header>
      )}
      <Stage />
      {isFree && !framed && (
        <header className="programme-head">
          <h1 className="clip">{briefing.title}</h1>
          <ScreenClock offset={clockOffset} corner />
        </header>
      )}
      {soundBlocked && fresh && <p className="programme-hint">{t.soundOff}</p>}
    </main>
  );
}
