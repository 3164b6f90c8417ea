import { useEffect, useId, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import type { Readable } from '../lib/Store.ts';
import type { Devices, DevicesState } from '../livekit/Devices.ts';
import { choosesOutput, loudspeaker, setLoudspeaker } from '../livekit/loudspeaker.ts';
import { ringThrough } from '../ui/ringTone.ts';
import { useStore } from '../ui/useStore.ts';
import { choicesWords } from './words/choices.vi.ts';

/** FL37: from which loudspeaker the briefing sounds; nothing where there is one, or the browser lets nobody choose. */
export function OutputChoice() {
  const { t } = useText(choicesWords);
  const id = useId();
  const { device } = useStore(loudspeaker);
  const outputs = useOutputs();
  useEffect(() => {
    // Before a choice was made nothing is opened for it.
    if (device !== '') ringThrough(device);
  }, [device]);
  if (outputs.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{t.output}</label>
      <select
        id={id}
        className="input"
        value={device}
        onChange={({ target }) => {
          setLoudspeaker({ device: target.value });
          ringThrough(target.value);
        }}
      >
        <option value="">{t.usual}</option>
        {outputs.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface BlurChoiceProps {
  readonly devices: { readonly state: Readable<DevicesState> } & Pick<Devices, 'blurBackground'>;
}

/** FL37: blurs what is behind a person; offered where the browser itself does it, by its own constraint. */
export function BlurChoice({ devices }: BlurChoiceProps) {
  const { t } = useText(choicesWords);
  const { stream, blur } = useStore(devices.state);
  const [failed, setFailed] = useState(false);
  const [track] = stream?.getVideoTracks() ?? [];
  if (!track || !canBlur(track)) return null;
  return (
    <div className="field">
      <label className="choice">
        <input
          type="checkbox"
          checked={blur}
          onChange={({ target }) => {
            setFailed(false);
            devices.blurBackground(target.checked).catch(() => setFailed(true));
          }}
        />
        {t.blur}
      </label>
      {failed && <p role="alert">{t.blurFailed}</p>}
    </div>
  );
}

/** A system that always blurs, or never, leaves nothing to choose. */
function canBlur(track: MediaStreamTrack): boolean {
  const { backgroundBlur } = (track.getCapabilities?.() ?? {}) as { backgroundBlur?: readonly boolean[] };
  return backgroundBlur?.includes(true) === true && backgroundBlur.includes(false);
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
