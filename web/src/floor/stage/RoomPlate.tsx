import { useEffect, useRef, useState } from 'react';
import type { Floor } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { roomWords } from '../words/room.vi.ts';
import './roomPlate.css';

/** So long, ms, it is said that everybody is back. */
const SAID_MS = 8_000;

interface RoomPlateProps {
  readonly stage: Floor['stage'];
  readonly silent: boolean;
}

/**
 * TR2: which room the device is in, in the corner of the stage as long as it is not the common one; whoever comes back to
 * that reads it for some seconds. A screen reader hears each change once.
 */
export default function RoomPlate({ stage, silent }: RoomPlateProps) {
  const { t } = useText(roomWords);
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
    <div className="room-plate" {...(!silent && { role: 'status' })}>
      {stage && (
        <p key={stage.path}>
          <strong>{t.room(stage.name)}</strong>
          <span className="unseen">{t.arrived(stage.name)}</span>
        </p>
      )}
      {back && (
        <p>
          <strong>{t.returned}</strong>
        </p>
      )}
    </div>
  );
}
