import { useCallback, useEffect, useState } from 'react';
import { RehearsalSign } from '../../briefing/RehearsalSign.tsx';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useText } from '../../i18n/useText.tsx';
import { ScreenClock } from '../../screen/ScreenClock.tsx';
import { useKiosk } from '../../screen/useKiosk.ts';
import { screenWords } from '../../screen/words/screen.vi.ts';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import './programmePage.css';

/** So long a screen that was just set up says that a key turns on its sound; then the stage stands alone. */
const HINT_MS = 20_000;

/** The stage alone, on the whole of a screen. */
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
  const isOn = floor.speakers.some(({ place }) => place === 'stage');
  return (
    <main className="programme" aria-label={t.title}>
      <RehearsalSign rehearsal={briefing.rehearsal} />
      <Stage />
      {!isOn && <ScreenClock offset={clockOffset} corner />}
      {soundBlocked && fresh && <p className="programme-hint">{t.soundOff}</p>}
    </main>
  );
}
