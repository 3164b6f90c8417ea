import { MonitorUp } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Picture } from '../livekit/mediaElements.tsx';
import type { Attachable } from '../livekit/types.ts';
import { useChannel, useMedia, useTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { StillTaker } from './StillTaker.ts';
import { StillView } from './StillView.tsx';
import { slidesApi } from './slidesApi.ts';
import { useStillPlan } from './useStillPlan.ts';
import { slidesWords } from './words/slides.vi.ts';
import './slideView.css';

interface ScreenViewProps {
  readonly identity: string;
  readonly audioOnly?: boolean;
  /** Another view on the page takes stills, or asks for them. */
  readonly silent?: boolean;
}

/**
 * The screen that a device on stage shares, as it moves or by stills of it. Its own people see a card: a screen in
 * itself would repeat without end.
 */
export default function ScreenView({ identity, audioOnly = false, silent = false }: ScreenViewProps) {
  const { t } = useText(slidesWords);
  const { identity: me, session } = useTools();
  const { people } = useMedia();
  const { floor } = useChannel();
  const screen = audioOnly ? undefined : people.get(identity)?.screen;
  const mine = identity === me;
  const mayFollow = !mine && !silent && session.acts.includes('still.follow');
  const { kind, still, onFrame } = useStillPlan(identity, mayFollow ? screen : undefined);
  const [seen, setSeen] = useState<unknown>();
  const [stillSeen, setStillSeen] = useState<unknown>();
  const onPicture = useCallback(() => {
    onFrame();
    setSeen(screen);
  }, [screen, onFrame]);
  const onDrawn = useCallback(() => setStillSeen(screen), [screen]);
  useEffect(() => {
    if (!still) setStillSeen(undefined);
  }, [still]);
  useTakenStills(mine && !silent ? people.get(identity)?.screen : undefined);
  const name = floor.speakers.find(({ seat }) => seat.identity === identity)?.seat.name ?? '';
  // Without an element the library tells the server that nobody looks, and nothing of the picture is sent.
  const isSent = kind !== 'still' || !still;
  const isShown = screen !== undefined && !mine && ((still && stillSeen === screen) || (isSent && seen === screen));
  return (
    <section
      className="slide-view screen-view"
      aria-label={t.screenOf(name)}
      data-seen={isShown}
      data-by={still ? 'still' : 'picture'}
    >
      {screen && !mine && isSent && <Picture track={screen} label={t.screenOf(name)} onFrame={onPicture} everyFrame />}
      {screen && !mine && still && <StillView still={still} label={t.screenOf(name)} onDrawn={onDrawn} />}
      {(mine || audioOnly || !isShown) && (
        <p className="slide-waiting">
          <MonitorUp size={24} aria-hidden />
          {mine ? t.ownScreen : audioOnly ? t.screenOf(name) : t.screenComes(name)}
        </p>
      )}
    </section>
  );
}

/** SH4: of what this device shares, for those whose lines do not carry its picture; anew for a server that came back. */
function useTakenStills(screen: Attachable | undefined): void {
  const { api } = useOffice();
  const { briefing, link } = useChannel();
  const track = screen?.mediaStreamTrack;
  const { id } = briefing;
  const isOnline = link === 'online';
  useEffect(() => {
    if (!track || !isOnline) return;
    const taker = new StillTaker(track, (still) => slidesApi.takeStill(api, id, still));
    return () => taker.close();
  }, [api, id, track, isOnline]);
}
