import { useEffect } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { followLevel, HEARD } from '../../livekit/followLevel.ts';
import { useDevices } from '../../session/BriefingContext.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { floorWords } from '../words/floor.vi.ts';

/** A cough is no speech: so long it goes on, in the last of these spans, ms. */
const SPEECH_MS = 400;
const SPAN_MS = 1_500;
/** Told once in so long, ms. */
const AGAIN_MS = 20_000;

/** Tells who speaks into a microphone that they turned off themselves. What is heard leaves the page in no way. */
export function useTalkingMuted(muted: boolean): void {
  const { t } = useText(floorWords);
  const { tell } = useToasts();
  const { stream } = useDevices();
  const sound = muted ? stream?.getAudioTracks()[0] : undefined;
  useEffect(() => {
    if (!sound) return;
    // The one that is sent is silent while it is muted.
    const own = sound.clone();
    own.enabled = true;
    let heardMs = 0;
    let last = performance.now();
    let begun = last;
    let toldAt = Number.NEGATIVE_INFINITY;
    const end = followLevel(own, (level, now) => {
      if (now - begun > SPAN_MS) {
        begun = now;
        heardMs = 0;
      }
      if (level > HEARD) heardMs += now - last;
      last = now;
      if (heardMs < SPEECH_MS || now - toldAt < AGAIN_MS) return;
      toldAt = now;
      tell({ text: t.talkingMuted, tone: 'bad' });
    });
    return () => {
      end();
      own.stop();
    };
  }, [sound, t, tell]);
}
