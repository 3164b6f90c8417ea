import { Sound } from '../../livekit/mediaElements.tsx';
import { useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useScene } from './useScene.ts';

/** Everybody on stage but whoever listens, shown or not. Two of them on one page would be heard twice. */
export function StageSound() {
  const { identity } = useTools();
  const { people } = useMedia();
  return useScene().onStage.map(({ seat }) => {
    const sound = seat.identity === identity ? undefined : people.get(seat.identity)?.microphone;
    return sound && <Sound key={seat.identity} track={sound} />;
  });
}
