import { FlipVertical2 } from 'lucide-react';
import { useText } from '../i18n/useText.tsx';
import type { Readable } from '../lib/Store.ts';
import type { Devices, DevicesState } from '../livekit/Devices.ts';
import { useStore } from '../ui/useStore.ts';
import './mirrorSwitch.css';
import { checkWords } from './words/check.vi.ts';

export type Mirrors = { readonly state: Readable<DevicesState> } & Pick<Devices, 'turnMirror'>;

/** In a corner of one's own picture: as all see it, or as in a mirror. (PN44) */
export function MirrorSwitch({ devices }: { devices: Mirrors }) {
  const { t } = useText(checkWords);
  const { mirror } = useStore(devices.state);
  return (
    <button
      type="button"
      className="button quiet icon mirror-switch"
      aria-label={t.mirror}
      title={t.mirror}
      aria-pressed={mirror}
      onClick={() => devices.turnMirror()}
    >
      <FlipVertical2 size={18} aria-hidden />
    </button>
  );
}
