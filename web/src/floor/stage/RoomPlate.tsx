import { useEffect, useRef, useState } from 'react';
import type { Floor } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { AbovePicture } from '../pictures/AbovePicture.tsx';
import { useGivenPictures } from '../pictures/useGivenPictures.ts';
import { secondsTo } from '../secondsTo.ts';
import { roomWords } from '../words/room.vi.ts';
import './roomPlate.css';

/** So long, ms, it is said that everybody is back. */
const SAID_MS = 8_000;

interface RoomPlateProps {
  readonly stage: Floor['stage'];
  /** TR12: when it ends. */
  readonly backAt: Floor['backAt'];
  /** TR16: who is seen on the stage above it. */
  readonly above: Floor['above'];
  /** Without pictures. */
  readonly audioOnly: boolean;
  readonly silent: boolean;
}

/**
 * TR2: which room the device is in, in the corner of the stage as long as it is not the common one; whoever comes back to
 * that reads it for some seconds. A screen reader hears each change once.
 */
export default function RoomPlate({ stage, backAt, above, audioOnly, silent }: RoomPlateProps) {
  const { t } = useText(roomWords);
  useGivenPictures(stage !== undefined && !silent);
  const last = useRef(stage?.path);
  const [back, setBack] = useState(false);
  useEffect(() => {
    const isBack = last.current !== undefined && stage === undefined;
    last.current = stage?.path;
    setBack(isBack);
    if (!isBack) return;
    const timer = setTimeout(() => setBack(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [stage]);
  return (
    <>
      {stage && above && !silent && !audioOnly && <AbovePicture key={above.identity} above={above} />}
      <div className="room-plate" {...(!silent && { role: 'status' })}>
        {stage && (
          <p key={stage.path}>
            <strong aria-hidden>{t.room(stage.name)}</strong>
            <span className="unseen">{t.arrived(stage.name)}</span>
          </p>
        )}
        {stage && backAt && <Ending key={backAt} backAt={backAt} />}
        {back && (
          <p>
            <strong>{t.returned}</strong>
          </p>
        )}
      </div>
    </>
  );
}

/** The seconds are seen; that they run is said once. */
function Ending({ backAt }: { readonly backAt: string }) {
  const { t } = useText(roomWords);
  const { clockOffset } = useChannel();
  const left = secondsTo(backAt, useNow(clockOffset, true));
  const [first] = useState(left);
  return (
    <p className="room-ends">
      <strong className="num" aria-hidden>
        {t.ends(left)}
      </strong>
      <span className="unseen">{t.ending(first)}</span>
    </p>
  );
}
