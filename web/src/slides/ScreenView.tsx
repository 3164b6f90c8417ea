import { MonitorUp } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Picture } from '../livekit/mediaElements.tsx';
import { useChannel, useMedia, useTools } from '../session/BriefingContext.tsx';
import { slidesWords } from './words/slides.vi.ts';
import './slideView.css';

/** The screen that a device on stage shares. Its own people see a card: a screen in itself would repeat without end. */
export default function ScreenView({ identity, audioOnly }: { identity: string; audioOnly?: boolean }) {
  const { t } = useText(slidesWords);
  const { identity: me } = useTools();
  const { people } = useMedia();
  const { floor } = useChannel();
  const screen = audioOnly ? undefined : people.get(identity)?.screen;
  const [seen, setSeen] = useState<unknown>();
  const onFrame = useCallback(() => setSeen(screen), [screen]);
  const name = floor.speakers.find(({ seat }) => seat.identity === identity)?.seat.name ?? '';
  const mine = identity === me;
  return (
    <section className="slide-view screen-view" aria-label={t.screenOf(name)} data-seen={seen === screen && !mine}>
      {screen && !mine && <Picture track={screen} label={t.screenOf(name)} onFrame={onFrame} />}
      {(mine || audioOnly || seen === undefined || seen !== screen) && (
        <p className="slide-waiting">
          <MonitorUp size={24} aria-hidden />
          {mine ? t.ownScreen : audioOnly ? t.screenOf(name) : t.screenComes(name)}
        </p>
      )}
    </section>
  );
}
