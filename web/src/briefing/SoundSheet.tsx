import { useId } from 'react';
import { useText } from '../i18n/useText.tsx';
import { loudspeaker, setLoudspeaker } from '../livekit/loudspeaker.ts';
import { useTools } from '../session/BriefingContext.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { useStore } from '../ui/useStore.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { BlurChoice, OutputChoice } from './DeviceChoices.tsx';
import { briefingWords } from './words/briefing.vi.ts';

/** How loud, and from where. What is chosen counts at once, and next time. */
export default function SoundSheet({ onClose }: { onClose: () => void }) {
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const { devices } = useTools();
  const id = useId();
  const { volume } = useStore(loudspeaker);
  const percent = Math.round(volume * 100);
  return (
    <Sheet
      title={t.sound.title}
      onClose={onClose}
      acts={
        <button type="button" className="button" onClick={onClose}>
          {ui.close}
        </button>
      }
    >
      <div className="stack">
        <div className="field">
          <label htmlFor={`${id}-volume`}>{t.sound.volume}</label>
          <input
            id={`${id}-volume`}
            type="range"
            className="sound-volume"
            min={0}
            max={100}
            step={5}
            value={percent}
            aria-valuetext={`${percent}%`}
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            autoFocus
            onChange={(event) => setLoudspeaker({ volume: event.target.valueAsNumber / 100 })}
          />
          {percent === 0 && <p className="soft">{t.sound.silent}</p>}
        </div>
        <OutputChoice />
        <BlurChoice devices={devices} />
        <p className="soft">{t.sound.hint}</p>
      </div>
    </Sheet>
  );
}
