import { useEffect, useId, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { choosesOutput, loudspeaker, setLoudspeaker } from '../livekit/loudspeaker.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useStore } from '../ui/useStore.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { briefingWords } from './words/briefing.vi.ts';

/** How loud, and from where. What is chosen counts at once, and next time. */
export default function SoundSheet({ onClose }: { onClose: () => void }) {
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const id = useId();
  const { volume, device } = useStore(loudspeaker);
  const outputs = useOutputs();
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
        {outputs.length > 1 && (
          <div className="field">
            <label htmlFor={`${id}-output`}>{t.sound.output}</label>
            <select
              id={`${id}-output`}
              className="input"
              value={device}
              onChange={(event) => setLoudspeaker({ device: event.target.value })}
            >
              <option value="">{t.sound.usual}</option>
              {outputs.map(({ deviceId, label }) => (
                <option key={deviceId} value={deviceId}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        )}
        <p className="soft">{t.sound.hint}</p>
      </div>
    </Sheet>
  );
}

/** Named only where the person has let the page use the microphone. */
function useOutputs(): readonly MediaDeviceInfo[] {
  const [outputs, setOutputs] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices || !choosesOutput()) return;
    let stopped = false;
    const look = async (): Promise<void> => {
      const found = await mediaDevices.enumerateDevices();
      const real = found.filter(({ kind, deviceId, label }) => kind === 'audiooutput' && deviceId && label);
      if (!stopped) setOutputs(real.filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications'));
    };
    const again = (): void => void look().catch(() => undefined);
    again();
    mediaDevices.addEventListener('devicechange', again);
    return () => {
      stopped = true;
      mediaDevices.removeEventListener('devicechange', again);
    };
  }, []);
  return outputs;
}
