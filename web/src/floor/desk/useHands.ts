import { useMemo } from 'react';
import type { Hand } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';

interface Hands {
  /** In the order in which they were raised. */
  readonly here: readonly Hand[];
  /** Of devices that are not connected, likewise. They keep their place in the order of all. */
  readonly away: readonly Hand[];
}

/** Who asks to speak, and of them those who could not come now. (FL58) */
export function useHands(): Hands {
  const { floor, handsAway } = useChannel();
  return useMemo(() => {
    const isAway = ({ seat }: Hand): boolean => handsAway.has(seat.identity);
    return { here: floor.hands.filter((hand) => !isAway(hand)), away: floor.hands.filter(isAway) };
  }, [floor.hands, handsAway]);
}
