import { useEffect } from 'react';
import { phaseOf } from '../../api/channel/rounds.ts';
import { useMine } from '../../floor/useMine.ts';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { useNow } from '../../ui/useNow.ts';
import { paintDigits } from './paintDigits.ts';

/**
 * While a round asks for digits, and no longer than until its deadline, whoever of the officials is on stage has them in their picture: that alone shows them to
 * the units (RC11).
 */
export function useDigitsOnStage(): void {
  const { media } = useTools();
  const { rounds, clockOffset } = useChannel();
  const asks = rounds.some(({ state, challenge }) => state === 'open' && challenge !== null);
  const now = useNow(clockOffset, asks);
  const { stream } = useDevices();
  const { speaker } = useMine();
  const digits = rounds.findLast((round) => round.challenge !== null && phaseOf(round, now) === 'open')?.challenge;
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
