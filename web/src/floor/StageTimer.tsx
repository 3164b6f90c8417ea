import ItemTimer from './ItemTimer.tsx';
import { OwnTimer } from './OwnTimer.tsx';
import { useMine } from './useMine.ts';

/** PN29: the time that this device was given to speak, or else what the item that runs has left. */
export default function StageTimer() {
  const timer = useMine().speaker?.timer;
  return timer ? <OwnTimer key={timer.since} timer={timer} /> : <ItemTimer />;
}
