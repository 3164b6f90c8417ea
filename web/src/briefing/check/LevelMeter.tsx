import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { followLevel, HEARD } from '../../livekit/followLevel.ts';
import { checkWords } from '../words/check.vi.ts';
import './levelMeter.css';

/** The word beside the bar changes at most this often. */
const WORD_MS = 300;

/** A bar that follows the voice; the figure for screen readers is slower than the bar. */
export function LevelMeter({ stream, onHeard }: { stream: MediaStream; onHeard: () => void }) {
  const { t } = useText(checkWords);
  const bar = useRef<HTMLDivElement>(null);
  const [percent, setPercent] = useState(0);
  const heard = useRef(onHeard);
  useEffect(() => {
    heard.current = onHeard;
  });
  useEffect(() => {
    const [sound] = stream.getAudioTracks();
    if (!sound) return;
    let shown = 0;
    let spoken = 0;
    return followLevel(sound, (level, now) => {
      // Square root: quiet speech is seen too. The bar falls slower than it rises.
      shown = Math.max(Math.min(1, Math.sqrt(level) * 1.6), shown * 0.92);
      if (bar.current) bar.current.style.transform = `scaleX(${shown.toFixed(3)})`;
      if (level > HEARD) heard.current();
      if (now - spoken > WORD_MS) {
        spoken = now;
        setPercent(Math.round(shown * 100));
      }
    });
  }, [stream]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element can't be drawn the same in each browser
    <div
      className="level"
      role="meter"
      aria-label={t.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div ref={bar} className="level-bar" />
    </div>
  );
}
