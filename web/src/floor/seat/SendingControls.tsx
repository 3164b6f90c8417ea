import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { useMine } from '../useMine.ts';
import { floorWords } from '../words/floor.vi.ts';
import { useOwnSending } from './useOwnSending.ts';
import { useTalkingMuted } from './useTalkingMuted.ts';

/** Sound and picture off and on, each only where the device has one; M turns the sound. */
export function SendingControls() {
  const { t } = useText(floorWords);
  const { speaker } = useMine();
  const { open, off, turn } = useOwnSending();
  useTalkingMuted(off.includes('microphone') && turn('microphone') !== undefined);
  if (!speaker) return null;
  const muted = speaker.muted || off.includes('microphone');
  const dark = off.includes('camera');
  return (
    <>
      {open.includes('microphone') && (
        <button
          type="button"
          className="button tool"
          data-on={muted}
          disabled={!turn('microphone')}
          onClick={turn('microphone')}
        >
          {muted ? <MicOff size={22} aria-hidden /> : <Mic size={22} aria-hidden />}
          <span>{muted ? t.unmute : t.mute}</span>
        </button>
      )}
      {open.includes('camera') && (
        <button
          type="button"
          className="button tool"
          data-on={dark}
          disabled={!turn('camera')}
          onClick={turn('camera')}
        >
          {dark ? <VideoOff size={22} aria-hidden /> : <Video size={22} aria-hidden />}
          <span>{dark ? t.cameraOn : t.cameraOff}</span>
        </button>
      )}
    </>
  );
}
