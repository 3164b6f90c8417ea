import { useEffect, useRef } from 'react';
import { followLevel } from '../../livekit/followLevel.ts';
import type { Attachable } from '../../livekit/types.ts';
import './voiceLevel.css';

/** Bars that rise with a voice; the figure for screen readers is told by `speaking`, which is slower. */
const BARS = [0.5, 0.8, 1, 0.7, 0.4];

/** PN10: the loudness of a voice that has no picture. */
export function VoiceLevel({ track }: { track: Attachable | undefined }) {
  const root = useRef<HTMLDivElement>(null);
  const sound = track?.mediaStreamTrack;
  useEffect(() => {
    const element = root.current;
    if (!element || !sound) return;
    let shown = 0;
    return followLevel(sound, (level) => {
      // Square root: quiet speech is seen too. Bars fall slower than they rise.
      shown = Math.max(Math.min(1, Math.sqrt(level) * 1.6), shown * 0.9);
      element.style.setProperty('--voice', shown.toFixed(3));
    });
  }, [sound]);
  return (
    <div ref={root} className="voice-level" aria-hidden>
      {BARS.map((share) => (
        <span key={share} style={{ '--share': share } as React.CSSProperties} />
      ))}
    </div>
  );
}
