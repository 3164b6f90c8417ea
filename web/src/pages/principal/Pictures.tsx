import { RotateCw, VideoOff } from 'lucide-react';
import { MirrorSwitch } from '../../briefing/MirrorSwitch.tsx';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useText } from '../../i18n/useText.tsx';
import { troubledKinds } from '../../livekit/Devices.ts';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { principalWords } from './words/principal.vi.ts';
import './pictures.css';

/**
 * What all see, and before one's own start one's own picture. Whatever moves is large; a card without a picture is
 * small beside one's own.
 */
export function Pictures({ onStage }: { onStage: boolean }) {
  const { t } = useText(principalWords);
  const { floor } = useChannel();
  const moving = onStage || floor.speakers.some(({ place }) => place !== 'green');
  return (
    <div className="pictures" data-lead={moving ? 'stage' : 'own'}>
      {!onStage && <OwnPicture />}
      <div className="all-see on-stage">
        <Stage />
        {!moving && <p className="picture-words">{t.stageNote}</p>}
      </div>
    </div>
  );
}

function OwnPicture() {
  const { t } = useText(principalWords);
  const { t: check } = useText(checkWords);
  const { t: ui } = useText(uiWords);
  const { devices } = useTools();
  const { stream, trouble, phase, asks, mirror, equipment } = useDevices();
  const failed = phase === 'failed';
  return (
    <figure className="own-picture on-stage">
      {stream?.getVideoTracks().length ? (
        <>
          <Picture stream={stream} mirrored={mirror} label={t.preview} />
          <MirrorSwitch devices={devices} />
        </>
      ) : (
        <div className="own-none" role="status">
          <VideoOff size={40} aria-hidden />
          <h2>{failed || stream ? t.noPicture : check[asks ? 'cameraAsk' : 'cameraWait']}</h2>
          {trouble && <p>{check.trouble[trouble](check.what[troubledKinds(trouble, equipment)])}</p>}
          {stream && <p>{t.soundOnly}</p>}
          {failed && (
            <button type="button" className="button" onClick={() => void devices.open()}>
              <RotateCw size={18} aria-hidden />
              {ui.retry}
            </button>
          )}
        </div>
      )}
      <figcaption className="picture-words">
        <strong>{t.preview}</strong>
        <span>{t.previewNote}</span>
      </figcaption>
    </figure>
  );
}
