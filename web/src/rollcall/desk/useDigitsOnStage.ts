import { useEffect } from 'react';
import { useMine } from '../../floor/useMine.ts';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { paintDigits } from './paintDigits.ts';

/**
 * While a round asks for digits, whoever of the officials is on stage has them in their picture: that alone shows them to
 * the units (RC11).
 */
export function useDigitsOnStage(): void {
  const { media } = useTools();
  const { rounds } = useChannel();
  const { stream } = useDevices();
  const { speaker } = useMine();
  const digits = rounds.findLast(({ state, challenge }) => state !== 'closed' && challenge !== null)?.challenge;
  const camera = stream?.getVideoTracks()[0];
  const onStage = speaker !== undefined;
  useEffect(() => {
    if (!onStage || !digits || !camera) return;
    const painted = paintDigits(camera, digits);
    media.paint(painted.track);
    return () => {
      media.paint(undefined);
      painted.close();
    };
  }, [onStage, digits, camera, media]);
}
